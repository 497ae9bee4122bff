from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "floorwalker.apps.coaching"
    label = "coaching"

    def ready(self) -> None:
        from floorwalker.apps.coaching import queries, services
        from floorwalker.apps.promises.kinds import kind
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

        def group(ref: tuple[str, int]) -> str:
            return reverse("coaching:group", args=[ref[1]])

        notices.kind(services.GROUP_KIND, title=_("Group sessions"), text_of=queries.group_in_words, url_of=group)
        kind(services.GROUP_PROMISE, label=_("a word to a group"), url_of=group)
        audit.verbs(
            {
                "coaching.give": _("gave feedback"),
                "coaching.reply": _("answered feedback"),
                "coaching.hand_on": _("handed feedback on"),
                "coaching.break_glass": _("opened somebody's feedback"),
                "coaching.measure_effects": _("had measured what talks and thanks changed"),
                "coaching.plan_group": _("planned the group session"),
                "coaching.time_group": _("gave the group session a time"),
                "coaching.hold_group": _("held the group session"),
                "coaching.take_in_sheets": _("took in the sheets of the group session"),
                "coaching.close_group": _("said what will change after the group session"),
                "coaching.keep_group_word": _("kept the word to the group"),
                "coaching.cancel_group": _("called the group session off"),
                "coaching.set_limits": _("set the limit of silence"),
            }
        )
