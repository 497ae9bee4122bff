from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "floorwalker.apps.people"
    label = "people"
