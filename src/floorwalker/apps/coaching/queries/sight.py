"""Who reads feedback: the agent, its author, whom the agent handed it to, and HR while they have it opened."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from floorwalker.apps.coaching.models import (
    Behaviour,
    Feedback,
    FeedbackReply,
    FloorSetting,
    HandOn,
    Opening,
    Touch,
)
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick, scoped, within


def visible_behaviours(actor: Actor, permission: Permission = P.SEE_BEHAVIOURS) -> QuerySet[Behaviour]:
    """What is expected is for all who work here to read."""
    return Behaviour.objects.all() if actor.sight(permission) else Behaviour.objects.none()


def visible_feedback(actor: Actor, permission: Permission = P.READ) -> QuerySet[Feedback]:
    """No role reaches it: the agent, the author, whom the agent handed it to, and an opening that still stands."""
    sight = actor.sight(permission)
    handed = HandOn.objects.filter(within(sight, own="to"), feedback=OuterRef("pk"))
    opened = Opening.objects.filter(
        within(sight, own="by"), agent=OuterRef("agent"), at__gte=OuterRef("at"), until__gt=Now()
    )
    theirs = within(sight, own="agent__user") | within(sight, own="author")
    return Feedback.objects.filter(theirs | Q(Exists(handed)) | Q(Exists(opened)))


def the_feedback(actor: Actor, feedback_id: int, permission: Permission = P.READ) -> Feedback:
    found = visible_feedback(actor, permission).select_related("agent__team", "agent__user", "author", "behaviour")
    return pick(found, feedback_id)


def visible_replies(actor: Actor, permission: Permission = P.READ) -> QuerySet[FeedbackReply]:
    return FeedbackReply.objects.filter(feedback__in=visible_feedback(actor, permission))


def visible_hand_ons(actor: Actor, permission: Permission = P.READ) -> QuerySet[HandOn]:
    return HandOn.objects.filter(feedback__in=visible_feedback(actor, permission))


def visible_openings(actor: Actor, permission: Permission = P.SEE_OPENINGS) -> QuerySet[Opening]:
    """The agent sees who opened theirs; HR sees what HR opened."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return Opening.objects.filter(reach)


def the_opening(actor: Actor, opening_id: int, permission: Permission = P.SEE_OPENINGS) -> Opening:
    return pick(visible_openings(actor, permission).select_related("agent", "by"), opening_id)


def visible_touches(actor: Actor, permission: Permission = P.SEE_ATTENTION) -> QuerySet[Touch]:
    """That agents in sight were spoken to, when, how long and by whom; never what was said."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="agent__team__site")
    return Touch.objects.filter(reach, taken_back_at=None)


def the_touch(actor: Actor, touch_id: int, permission: Permission = P.WALK) -> Touch:
    return pick(visible_touches(actor, permission).select_related("agent"), touch_id)


def visible_settings(actor: Actor, permission: Permission = P.KEEP_LIMITS) -> QuerySet[FloorSetting]:
    return FloorSetting.objects.filter(within(actor.sight(permission), site="site"))


WORDS = ("words", "expectation", "evidence_ref", "evidence_place")
scoped(Feedback, visible_feedback, P.READ, canary=WORDS, relations=("own",))
scoped(FeedbackReply, visible_replies, P.READ, canary="words", key="reply_id", relations=("own",))
scoped(HandOn, visible_hand_ons, P.READ, key="hand_on_id", relations=("own",))
scoped(Opening, visible_openings, P.SEE_OPENINGS, canary="why")
scoped(FloorSetting, visible_settings, P.KEEP_LIMITS, key="setting_id", relations=("site",))
scoped(Touch, visible_touches, P.SEE_ATTENTION, P.WALK, P.COMPARE_RESPONSES, fixed=("tone", "once"))
