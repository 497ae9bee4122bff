from datetime import timedelta

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

VERBS = {
    "recognition.thank": _("said thanks"),
    "recognition.wish": _("chose who sees thanks to them"),
    "recognition.reverse": _("took back points booked by mistake"),
    "recognition.forget": _("had words about points forgotten"),
    "recognition.open_budget": _("opened a budget of points"),
    "recognition.change_budget": _("changed a budget of points"),
    "recognition.give": _("gave points"),
    "recognition.plan_incentive": _("wrote an incentive"),
    "recognition.announce_incentive": _("announced an incentive"),
    "recognition.name_winner": _("named who earned an incentive"),
    "recognition.incentive_ended": _("ended an incentive"),
    "recognition.incentive_cancelled": _("called off an incentive"),
    "recognition.wish_for": _("wished for a reward"),
    "recognition.offer_reward": _("offered a reward"),
    "recognition.decline_wish": _("declined a wish for a reward"),
    "recognition.withdraw_reward": _("withdrew a reward"),
    "recognition.decide_leaving": _("decided what becomes of points of people who leave"),
    "recognition.ask_reward": _("asked for a reward"),
    "recognition.approve": _("approved a reward"),
    "recognition.delivered": _("delivered a reward"),
    "recognition.declined": _("declined a reward"),
    "recognition.taken_back": _("took back what they asked for"),
    "recognition.plan_fun_day": _("planned a fun day"),
    "recognition.cancel_fun_day": _("called off a fun day"),
    "recognition.take_away": _("took words of a fun day away"),
    "recognition.share_photo": _("shared a photo of a fun day"),
    "recognition.hide_photo": _("hid a photo somebody wants to be taken off"),
    "recognition.show_photo": _("showed a photo of a fun day again"),
    "recognition.take_photo_away": _("took a photo of a fun day away"),
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
}


class RecognitionConfig(AppConfig):
    name = "floorwalker.apps.recognition"
    label = "recognition"

    def ready(self) -> None:
        from floorwalker.apps.promises.kinds import kind as promise_kind
        from floorwalker.apps.recognition import queries, services
        from floorwalker.kernel import audit, notices

        notices.kind(
            services.THANKED_KIND,
            title=_("Thanks for you"),
            text_of=queries.in_words,
            url_of=lambda _ref: reverse("recognition:thanks"),
        )
        promise_kind(
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
        at_points, at_rewards = "recognition:points", "recognition:rewards"
        for kind, title, text_of, page in (
            (services.EARNED_KIND, _("Points for you"), queries.earned_in_words, at_points),
            (services.REVERSED_KIND, _("Points taken back"), queries.reversed_in_words, at_points),
            (services.REDEEMED_KIND, _("A reward you asked for"), queries.redemption_in_words, at_points),
            (services.ASKED_KIND, _("A reward to deliver"), queries.asked_in_words, "recognition:waiting"),
            (services.WISH_KIND, _("A reward you wished for"), queries.wish_in_words, at_rewards),
            (services.FUN_KIND, _("A fun day called off"), queries.fun_in_words, "recognition:fun"),
            (services.POST_KIND, _("Your words on a fun day"), queries.post_in_words, "recognition:fun"),
            (services.PHOTO_KIND, _("Your photo of a fun day"), queries.photo_in_words, "recognition:fun"),
            (services.PHOTO_ASKED_KIND, _("A photo you are on"), queries.photo_asked_in_words, "recognition:fun"),
        ):
            notices.kind(kind, title=title, text_of=text_of, url_of=lambda _ref, page=page: reverse(page))
        notices.kind(
            services.LOOK_KIND,
            title=_("A photo to look at"),
            text_of=queries.photo_to_look_at_in_words,
            url_of=queries.url_of_photo,
        )
        notices.kind(
            services.INCENTIVE_KIND,
            title=_("Points to be earned"),
            text_of=queries.incentive_in_words,
            url_of=lambda ref: reverse("recognition:incentive", args=[ref[1]]),
        )
        promise_kind(
            services.INCENTIVE_PROMISE,
            label=_("Incentive"),
            url_of=lambda ref: reverse("recognition:incentive", args=[ref[1]]),
            grace=timedelta(days=1),
        )
        promise_kind(
            services.REWARD_PROMISE,
            label=_("Reward"),
            url_of=lambda ref: reverse("recognition:redemption", args=[ref[1]]),
            grace=timedelta(days=7),
        )
        audit.verbs(VERBS)
