"""Who reads a one-to-one: its two people, whom the agent handed it to, and HR while they have it opened."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from floorwalker.apps.coaching.models import Action, AgendaItem, Note, OneToOne, Opening, TalkHandOn
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.access import Actor, Permission, Sight
from floorwalker.kernel.scoping import pick, scoped, within


def _reach(sight: Sight, talk: str, at: str) -> Q:
    """The two and whom the agent let in; who opened it reads what was there when they did."""
    if sight.everything:
        return Q()
    prefix = f"{talk}__" if talk else ""
    theirs = within(sight, own=f"{prefix}agent__user") | within(sight, own=f"{prefix}lead")
    handed = TalkHandOn.objects.filter(within(sight, own="to"), talk=OuterRef(f"{prefix}pk"))
    opened = Opening.objects.filter(
        within(sight, own="by"), agent=OuterRef(f"{prefix}agent"), at__gte=OuterRef(at), until__gt=Now()
    )
    return theirs | Q(Exists(handed)) | Q(Exists(opened))


def visible_talks(actor: Actor, permission: Permission = P.TALK) -> QuerySet[OneToOne]:
    """No role reaches them."""
    return OneToOne.objects.filter(_reach(actor.sight(permission), "", "made_at"))


def the_talk(actor: Actor, talk_id: int, permission: Permission = P.TALK) -> OneToOne:
    rows = visible_talks(actor, permission).select_related("agent__team__site", "agent__user", "lead")
    return pick(rows, talk_id)


def visible_items(actor: Actor, permission: Permission = P.TALK) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(_reach(actor.sight(permission), "talk", "at"))


def the_item(actor: Actor, item_id: int, permission: Permission = P.TALK) -> AgendaItem:
    return pick(visible_items(actor, permission).select_related("talk__agent"), item_id)


def visible_notes(actor: Actor, permission: Permission = P.TALK) -> QuerySet[Note]:
    return Note.objects.filter(_reach(actor.sight(permission), "talk", "at"))


def visible_talk_hand_ons(actor: Actor, permission: Permission = P.TALK) -> QuerySet[TalkHandOn]:
    return TalkHandOn.objects.filter(_reach(actor.sight(permission), "talk", "at"))


def visible_actions(actor: Actor, permission: Permission = P.TALK) -> QuerySet[Action]:
    """Who reads the talk, and who follows the action up now: they read the action and no word of the talk."""
    sight = actor.sight(permission)
    return Action.objects.filter(_reach(sight, "talk", "talk__made_at") | within(sight, own="lead"))


def the_action(actor: Actor, action_id: int, permission: Permission = P.TALK) -> Action:
    rows = visible_actions(actor, permission).select_related("agent__team__site", "lead", "talk", "behaviour")
    return pick(rows, action_id)


def other_side(talk: OneToOne, user_id: int | None) -> int | None:
    """The user of the other of the two."""
    return talk.lead_id if talk.agent.user_id == user_id else talk.agent.user_id


def by_time(rows: QuerySet[OneToOne]) -> QuerySet[OneToOne]:
    """What has a time by it, the rest by the day it is promised for."""
    return rows.order_by(F("begins_at").asc(nulls_last=True), "due", "pk")


scoped(OneToOne, visible_talks, P.TALK, canary=("answer", "why_no_action"), key="talk_id", relations=("own",))
scoped(
    AgendaItem,
    visible_items,
    P.TALK,
    canary=("words", "outcome_words"),
    key="item_id",
    relations=("own",),
    fixed=("source",),
)
scoped(Note, visible_notes, P.TALK, canary="words", key="note_id", relations=("own",))
scoped(
    Action,
    visible_actions,
    P.TALK,
    canary=("what", "target", "support", "outcome"),
    key="action_id",
    relations=("own",),
    fixed=("measure",),
)
scoped(TalkHandOn, visible_talk_hand_ons, P.TALK, key="talk_hand_on_id", relations=("own",))
