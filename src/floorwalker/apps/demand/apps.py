from django.apps import AppConfig


class DemandConfig(AppConfig):
    name = "floorwalker.apps.demand"
    label = "demand"

    def ready(self) -> None:
        from floorwalker.apps.demand import queries, services  # noqa: F401 - enters its models in the register
        from floorwalker.kernel.files.readers import register

        register("contact history", "floorwalker.apps.demand.work.reading:read")
