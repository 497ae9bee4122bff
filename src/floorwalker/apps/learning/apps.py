from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "floorwalker.apps.learning"
    label = "learning"

    def ready(self) -> None:
        from floorwalker.apps.learning import queries  # noqa: F401 - fills the register of what is scoped
