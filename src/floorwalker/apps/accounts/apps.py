from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "floorwalker.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from floorwalker.apps.accounts import verbs
        from floorwalker.apps.accounts.entrance import signals

        verbs.say()
        signals.listen()
