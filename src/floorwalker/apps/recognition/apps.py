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
        for kind, title, text_of in (
            (services.EARNED_KIND, _("Points for you"), queries.earned_in_words),
            (services.REVERSED_KIND, _("Points taken back"), queries.reversed_in_words),
        ):
            notices.kind(kind, title=title, text_of=text_of, url_of=lambda _ref: reverse("recognition:points"))
        audit.verbs(
            {
                "recognition.thank": _("said thanks"),
                "recognition.wish": _("chose who sees thanks to them"),
                "recognition.reverse": _("took back points booked by mistake"),
                "recognition.forget": _("had words about points forgotten"),
            }
        )
