from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "floorwalker.apps.coaching"
    label = "coaching"

    def ready(self) -> None:
        from floorwalker.apps.coaching import queries, services
        from floorwalker.kernel import audit, notices

        def url(ref: tuple[str, int]) -> str:
            return reverse("coaching:feedback", args=[ref[1]])

        notices.kind(services.FEEDBACK_KIND, title=_("Feedback"), text_of=queries.feedback_in_words, url_of=url)
        notices.kind(
            services.REPLY_KIND, title=_("An answer to feedback"), text_of=queries.reply_in_words, url_of=url
        )
        notices.kind(
            services.OPENED_KIND,
            title=_("Feedback was opened"),
            text_of=queries.opening_in_words,
            url_of=lambda _ref: reverse("coaching:openings"),
        )
        notices.kind(
            services.SILENCE_KIND,
            title=_("Somebody heard nothing for too long"),
            text_of=queries.silence_in_words,
            url_of=lambda _ref: reverse("coaching:attention"),
        )
        audit.verbs(
            {
                "coaching.give": _("gave feedback"),
                "coaching.reply": _("answered feedback"),
                "coaching.hand_on": _("handed feedback on"),
                "coaching.break_glass": _("opened somebody's feedback"),
                "coaching.measure_effects": _("had measured what talks and thanks changed"),
                "coaching.set_limits": _("set the limit of silence"),
            }
        )
