from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "floorwalker.kernel"
    label = "kernel"

    def ready(self) -> None:
        from floorwalker.kernel.jobs import telling

        telling.register()
