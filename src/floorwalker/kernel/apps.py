from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "floorwalker.kernel"
    label = "kernel"

    def ready(self) -> None:
        from floorwalker.kernel import audit
        from floorwalker.kernel.jobs import telling

        audit.verbs({"kernel.export": _("took rows about people along")})
        telling.register()
