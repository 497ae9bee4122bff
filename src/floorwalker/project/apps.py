"""The composition root as an app: what must be known to Django before the first request."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "floorwalker.project"
    label = "project"

    def ready(self) -> None:
        from floorwalker.project import checks, places, readers, streams  # noqa: F401  (registers them)

        streams.register()
        places.register()
        readers.register()
