"""A round table as its people and its lead see it: tips with names, and how many will try each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from floorwalker.apps.learning.models import Activity, TableTopic, Tip, TipTry
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.activities import visible_activities
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick, scoped, within


def visible_tips(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Tip]:
    """Of the tables one leads or sits at."""
    return Tip.objects.filter(activity__in=visible_activities(actor, permission))


def visible_tries(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[TipTry]:
    """One's own; of others it is only counted."""
    return TipTry.objects.filter(within(actor.sight(permission), own="agent__user"))


def visible_topics(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[TableTopic]:
    return TableTopic.objects.filter(activity__in=visible_activities(actor, permission))


scoped(Tip, visible_tips, P.TAKE_PART, canary="text", key="tip_id", relations=("own",))
scoped(TipTry, visible_tries, P.TAKE_PART, key="tip_try_id", relations=("own",))
scoped(TableTopic, visible_topics, P.TAKE_PART, canary="name", key="topic_id", relations=("own",))


def the_tip(actor: Actor, tip_id: int) -> Tip:
    return pick(visible_tips(actor).select_related("activity__lead", "author", "about"), tip_id)


@dataclass(frozen=True)
class TipLine:
    """A tip with its author, and what this reader may do with it."""

    tip: Tip
    author: str
    about: str
    mine: bool
    tried_by: int
    tried: bool  # by this reader
    may_try: bool
    may_decide: bool  # whether it may be shared, and whether it stays on the table


@dataclass(frozen=True)
class Table:
    """The round table at its stage."""

    lines: list[TipLine]
    topics: list[TableTopic]
    may_write: bool
    marking: bool


def table_of(actor: Actor, activity: Activity, *, takes_part: bool) -> Table:
    """While tips come the newest first; afterwards first what most will try."""
    writing = activity.stage == rules.TIPS
    order = ("-at", "-pk") if writing else ("-tried_by", "at", "pk")
    tips = tips_of(actor, activity.pk).order_by(*order)
    return Table(
        lines=[_line(actor, activity, each, takes_part) for each in tips],
        topics=topics_of(actor, activity.pk),
        may_write=takes_part and rules.may_write(activity.state, activity.stage),
        marking=not writing,
    )


def tips_of(actor: Actor, activity_id: int) -> QuerySet[Tip]:
    """Tips of a table in sight, with how many will try each (``tried_by``) and whether the reader will."""
    mine = TipTry.objects.filter(tip=OuterRef("pk"), agent__user=actor.user_id)
    found = visible_tips(actor).filter(activity=activity_id).select_related("author", "about")
    return found.annotate(tried_by=Count("tries"), tried=Exists(mine))


def the_counted_tip(actor: Actor, tip_id: int) -> Tip:
    return pick(tips_of(actor, the_tip(actor, tip_id).activity_id), tip_id)


def topics_of(actor: Actor, activity_id: int) -> list[TableTopic]:
    """What tips of a table may be about."""
    return list(visible_topics(actor).filter(activity=activity_id).order_by("name", "pk"))


def _line(actor: Actor, activity: Activity, tip: Tip, takes_part: bool) -> TipLine:
    mine = actor.user_id is not None and tip.author.user_id == actor.user_id
    return TipLine(
        tip=tip,
        author=tip.author.name,
        about=tip.about.name if tip.about else "",
        mine=mine,
        tried_by=tip.tried_by,  # type: ignore[attr-defined]
        tried=tip.tried,  # type: ignore[attr-defined]
        may_try=takes_part and rules.may_try(activity.state, activity.stage, own=mine),
        may_decide=rules.may_consent(author=mine, shared=tip.shared_at is not None),
    )
