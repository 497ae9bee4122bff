from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "floorwalker.apps.accounts"
    label = "accounts"
