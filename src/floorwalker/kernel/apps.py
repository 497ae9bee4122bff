from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "floorwalker.kernel"
    label = "kernel"
