from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "floorwalker.apps.recognition"
    label = "recognition"

    def ready(self) -> None:
        from floorwalker.apps.recognition import queries, services
        from floorwalker.kernel import audit, notices

        notices.kind(
            services.THANKED_KIND,
            title=_("Thanks for you"),
            text_of=queries.in_words,
            url_of=lambda _ref: reverse("recognition:thanks"),
        )
        audit.verbs(
            {"recognition.thank": _("said thanks"), "recognition.wish": _("chose who sees thanks to them")}
        )
