from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "floorwalker.kernel"
    label = "kernel"

    def ready(self) -> None:
        from django import forms

        from floorwalker.kernel import audit
        from floorwalker.kernel.days import refuse_far_days
        from floorwalker.kernel.jobs import telling

        # Here once, for every form there is and will be: none of them can forget it.
        for field in (forms.DateField, forms.DateTimeField):
            field.default_validators = [refuse_far_days]
        audit.verbs({"kernel.export": _("took rows about people along")})
        telling.register()
