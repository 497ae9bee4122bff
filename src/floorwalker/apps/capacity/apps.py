from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "floorwalker.apps.capacity"
    label = "capacity"

    def ready(self) -> None:
        from floorwalker.apps.capacity import queries, services  # noqa: F401 - enters its models in the register
