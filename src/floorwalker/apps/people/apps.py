from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "floorwalker.apps.people"
    label = "people"

    def ready(self) -> None:
        from floorwalker.apps.people import queries  # noqa: F401 - enters its models in the register of scopes
