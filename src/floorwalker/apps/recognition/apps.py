from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "floorwalker.apps.recognition"
    label = "recognition"

    def ready(self) -> None:
        from floorwalker.apps.promises.kinds import kind as promise
        from floorwalker.apps.recognition import queries, services
        from floorwalker.kernel import audit, notices

        notices.kind(
            services.THANKED_KIND,
            title=_("Thanks for you"),
            text_of=queries.in_words,
            url_of=lambda _ref: reverse("recognition:thanks"),
        )
        promise(
            services.QUESTION_PROMISE,
            label=_("answer to a question about the game"),
            url_of=lambda ref: reverse("recognition:question", args=[ref[1]]),
        )
        notices.kind(
            services.QUESTION_KIND,
            title=_("A question about the game"),
            text_of=queries.question_in_words,
            url_of=lambda ref: reverse("recognition:question", args=[ref[1]]),
        )
        notices.kind(
            services.CONTEST_KIND,
            title=_("A contest is over"),
            text_of=queries.contest_in_words,
            url_of=lambda ref: reverse("recognition:contest", args=[ref[1]]),
        )
        notices.kind(
            services.TITLE_KIND,
            title=_("A title for you"),
            text_of=queries.title_in_words,
            url_of=lambda _ref: reverse("recognition:boards"),
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
                "recognition.set_points": _("said how many points what earns"),
                "recognition.plan_season": _("planned a season"),
                "recognition.change_season": _("changed the days of a season"),
                "recognition.begin_season": _("a season began"),
                "recognition.end_season": _("a season ended"),
                "recognition.join_season": _("joined a season"),
                "recognition.leave_season": _("left a season"),
                "recognition.hold_contest": _("announced a contest"),
                "recognition.change_contest": _("changed the days of a contest"),
                "recognition.begin_contest": _("a contest began"),
                "recognition.end_contest": _("a contest ended"),
                "recognition.call_off_contest": _("called a contest off"),
                "recognition.join_contest": _("joined a contest"),
                "recognition.leave_contest": _("left a contest"),
                "recognition.ask": _("asked a question about the game"),
                "recognition.answer": _("answered a question about the game"),
                "recognition.reverse": _("took back points booked by mistake"),
                "recognition.forget": _("had words about points forgotten"),
            }
        )
