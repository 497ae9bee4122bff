from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CoachingConfig(AppConfig):
    name = "floorwalker.apps.coaching"
    label = "coaching"

    def ready(self) -> None:
        from floorwalker.apps.coaching import queries, services
        from floorwalker.apps.learning import origins
        from floorwalker.apps.promises.kinds import kind
        from floorwalker.kernel import audit, notices

        def url(ref: tuple[str, int]) -> str:
            return reverse("coaching:feedback", args=[ref[1]])

        notices.kind(services.FEEDBACK_KIND, title=_("Feedback"), text_of=queries.feedback_in_words, url_of=url)
        notices.kind(
            services.REPLY_KIND, title=_("An answer to feedback"), text_of=queries.reply_in_words, url_of=url
        )
        notices.kind(
            services.EXPIRED_KIND,
            title=_("A step of a response counts no more"),
            text_of=queries.expiry_in_words,
            url_of=url,
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
        handed = {"title": _("Group sessions that go on with somebody else"), "url_of": group}
        notices.kind(services.HANDED_KIND, text_of=queries.handed_group_in_words, **handed)
        origins.register("group", lambda number: reverse("coaching:group", args=[number]))
        kind(services.GROUP_PROMISE, label=_("a word to a group"), url_of=group)

        def talk_url(ref: tuple[str, int]) -> str:
            return reverse("coaching:talk", args=[ref[1]])

        def action_url(ref: tuple[str, int]) -> str:
            return reverse("coaching:action", args=[ref[1]])

        notices.kind(services.TALK_KIND, title=_("One-to-ones"), text_of=queries.talk_in_words, url_of=talk_url)
        notices.kind(
            services.NOTE_KIND,
            title=_("Something was written in a one-to-one"),
            text_of=queries.note_in_words,
            url_of=talk_url,
        )
        notices.kind(
            services.ACTION_KIND,
            title=_("Actions from one-to-ones"),
            text_of=queries.action_in_words,
            url_of=action_url,
        )
        kind(services.CLAIM_KIND, label=_("looking something up"), url_of=talk_url)
        kind(services.NEXT_KIND, label=_("next one-to-one"), url_of=talk_url)
        kind(services.ACTION_KIND, label=_("action from a one-to-one"), url_of=action_url)
        kind(services.FOLLOW_UP_KIND, label=_("follow-up of an action"), url_of=action_url)
        audit.verbs(TALK_VERBS)

        def agreement_url(ref: tuple[str, int]) -> str:
            return reverse("coaching:agreement", args=[ref[1]])

        def agreement_review_url(ref: tuple[str, int]) -> str:
            return reverse("coaching:agreement_review", args=[ref[1]])

        notices.kind(
            services.AGREEMENT_KIND,
            title=_("Working agreements"),
            text_of=queries.agreement_in_words,
            url_of=agreement_url,
        )
        notices.kind(
            services.AGREEMENT_REVIEW_KIND,
            title=_("How working agreements were held"),
            text_of=queries.agreement_review_in_words,
            url_of=agreement_review_url,
        )
        notices.kind(
            services.PAIR_KIND,
            title=_("Buddies and peer coaching"),
            text_of=queries.pair_in_words,
            url_of=lambda ref: reverse("coaching:pair", args=[ref[1]]),
        )
        kind(
            services.AGREEMENT_REVIEW_KIND,
            label=_("how an agreement was held"),
            url_of=agreement_review_url,
        )
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
                "coaching.hand_group_over": _("handed the group session to who leads now"),
                "coaching.leave_group": _("took who has left out of the group session"),
                "coaching.set_limits": _("set the limit of silence"),
            }
        )


TALK_VERBS = {
    "coaching.talk_plan": _("planned a one-to-one"),
    "coaching.talk_ask": _("asked for a one-to-one"),
    "coaching.talk_take": _("took the offer of a one-to-one"),
    "coaching.talk_agree_time": _("agreed to the time of a one-to-one"),
    "coaching.talk_planned": _("gave a one-to-one another time"),
    "coaching.talk_prepared": _("prepared a one-to-one"),
    "coaching.talk_item": _("put something on the agenda of a one-to-one"),
    "coaching.talk_park": _("parked a claim in a one-to-one"),
    "coaching.talk_settle_claim": _("settled a claim of a one-to-one"),
    "coaching.talk_note": _("wrote in a one-to-one"),
    "coaching.talk_hand_on": _("handed a one-to-one on"),
    "coaching.talk_cancelled": _("took the time of a one-to-one away"),
    "coaching.talk_let_go": _("let a one-to-one go"),
    "coaching.talk_held": _("held a one-to-one"),
    "coaching.talk_closed": _("closed a one-to-one"),
    "coaching.talk_ended": _("ended a one-to-one"),
    "coaching.agreement_begin": _("began a working agreement"),
    "coaching.agreement_change": _("changed what one will hold"),
    "coaching.agreement_agree": _("agreed to a working agreement"),
    "coaching.agreement_say": _("said how an agreement was held"),
    "coaching.pair_propose": _("proposed a pair"),
    "coaching.pair_accept": _("said yes to a pair"),
    "coaching.pair_declined": _("said no to a pair"),
    "coaching.pair_ended": _("ended a pair"),
    "coaching.pair_plan_meeting": _("owed a pair a meeting"),
    "coaching.pair_meet": _("noted a meeting of a pair"),
    "coaching.pair_note": _("wrote to the other of a pair"),
    "coaching.action_set": _("wrote an action down"),
    "coaching.action_agree": _("agreed to an action"),
    "coaching.action_said_done": _("said that an action is done"),
    "coaching.action_done": _("found an action done"),
    "coaching.action_missed": _("found an action not reached"),
    "coaching.action_dropped": _("dropped an action"),
}
