"""One's own pitch and what others have shown of theirs; nothing else of it is seen by anybody."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from floorwalker.apps.learning.models import Activity, Pitch
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.activities import people_in
from floorwalker.apps.learning.rules import own_pitch as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.scoping import scoped, within


def visible_pitches(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[Pitch]:
    """One's own. What was shown is read without its row: of a pitch without a name that would be a name."""
    return Pitch.objects.filter(within(actor.sight(permission), own="author__user"))


scoped(
    Pitch,
    visible_pitches,
    P.TAKE_PART,
    canary=("product", "words", "why", "objection", "change", "anew"),
    key="pitch_id",
    relations=("own",),
)


def my_pitch(actor: Actor, activity_id: int) -> Pitch | None:
    return visible_pitches(actor).filter(activity=activity_id).first()


def the_pitch_of_mine(actor: Actor, activity_id: int) -> Pitch:
    """One's own, or NotFound where one wrote none."""
    found = my_pitch(actor, activity_id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class ShownPitch:
    """What somebody decided to show; without a name there is nothing that leads to one."""

    name: str  # empty: without
    product: str
    words: str
    would_buy: int | None
    why: str
    objection: str
    change: str
    anew: str
    would_buy_anew: int | None


@dataclass(frozen=True)
class Spread:
    """How often each of 1 to 5 was said, before and after, by the same people."""

    before: list[int]
    after: list[int]

    @property
    def people(self) -> int:
        return sum(self.before)


@dataclass(frozen=True)
class Pitches:
    """The exercise as somebody of the group or its lead sees it."""

    mine: Pitch | None
    done: list[str]
    step: str | None  # to write now
    may_change: bool
    may_show: bool
    may_hide_name: bool
    waits_for_company: bool  # mine is shown without a name, and so few could have written it that it is not seen
    shown: list[ShownPitch]
    spread: Spread | None


def pitches_of(actor: Actor, activity: Activity, *, takes_part: bool, leads: bool) -> Pitches:
    """Of an activity in sight."""
    mine = my_pitch(actor, activity.pk) if takes_part else None
    done = rules.done_of(vars(mine)) if mine else []
    state, stage = activity.state, activity.stage
    people = people_in(activity).count()
    crowd = unnamed_in_sight(activity)
    return Pitches(
        mine=mine,
        done=done,
        step=rules.next_step(done, state, stage) if takes_part else None,
        may_change=takes_part and state == rules.OPEN and stage in rules.STEPS,
        may_show=mine is not None and rules.may_show(state, stage, rules.NAMED, people),
        may_hide_name=mine is not None and rules.may_show(state, stage, rules.UNNAMED, people),
        waits_for_company=mine is not None and mine.shown == rules.UNNAMED and not crowd,
        shown=shown_pitches(activity),
        spread=spread_of(activity) if leads else None,
    )


def unnamed_in_sight(activity: Activity) -> bool:
    named = Pitch.objects.filter(activity=activity, shown=rules.NAMED).count()
    return rules.unnamed_in_sight(people_in(activity).count(), named)


def shown_pitches(activity: Activity) -> list[ShownPitch]:
    """Those with a name by name; those without in an order that says nothing."""
    rows = Pitch.objects.filter(activity=activity).exclude(shown=rules.KEPT).select_related("author")
    named = [_shown(each, each.author.name) for each in rows if each.shown == rules.NAMED]
    unnamed = [_shown(each, "") for each in rows if each.shown == rules.UNNAMED]
    if not unnamed_in_sight(activity):
        unnamed = []
    return [*sorted(named, key=lambda each: each.name), *sorted(unnamed, key=_anywhere)]


def spread_of(activity: Activity) -> Spread | None:
    """For who leads: before and after, of five people or more, once answers stand still."""
    rows = Pitch.objects.filter(activity=activity, would_buy__isnull=False, would_buy_anew__isnull=False)
    pairs = [(each.would_buy or 0, each.would_buy_anew or 0) for each in rows]
    found = rules.spread(activity.state, activity.stage, pairs)
    return Spread(*found) if found else None


def _shown(pitch: Pitch, name: str) -> ShownPitch:
    return ShownPitch(
        name=name,
        product=pitch.product,
        words=pitch.words,
        would_buy=pitch.would_buy,
        why=pitch.why,
        objection=pitch.objection,
        change=pitch.change,
        anew=pitch.anew,
        would_buy_anew=pitch.would_buy_anew,
    )


def _anywhere(pitch: ShownPitch) -> str:
    return hashlib.sha256(f"{pitch.product}\n{pitch.words}\n{pitch.anew}".encode()).hexdigest()
