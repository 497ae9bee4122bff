"""One step of a planner's hand on a week, as plain values: what is there after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from floorwalker.apps.schedules.rules.differences import Difference
from floorwalker.apps.schedules.rules.stints import (
    LONGEST_STINT,
    SHORTEST_STINT,
    WEEK,
    Stint,
    stint_at,
    week_bounds,
)

HOURS, GIVE, OPEN, DELETE, ADD, SWAP = "hours", "give", "open", "delete", "add", "swap"
VERBS = (HOURS, GIVE, OPEN, DELETE, ADD, SWAP)
MINUTE = timedelta(minutes=1)


class Impossible(ValueError):
    """The step makes no sense: why, as a code with its values; ``words`` of the domain makes a sentence of it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


class Gone(Impossible):
    """The shift is not, or not any more, what the step speaks of."""

    def __init__(self, fresh: Stint | None) -> None:
        super().__init__("changed_meanwhile")
        self.fresh = fresh


@dataclass(frozen=True)
class Step:
    """What is to be done with which shift; ``version`` is the one its author saw."""

    verb: str
    identity: str
    version: int = 0
    day: date | None = None
    start_minute: int = 0
    length_minutes: int = 0
    meal_minutes: int = 0
    agent: int | None = None
    queue: int | None = None
    other_identity: str = ""
    other_version: int = 0


def after(step: Step, shifts: Mapping[str, Stint], *, first_day: date, zone: str) -> list[Difference]:
    """The shifts the step touches, before and after it."""
    if step.verb == ADD:
        if step.identity in shifts:
            raise Gone(shifts[step.identity])
        made = _placed(step, step.identity, step.agent, first_day, zone)
        return [Difference(None, replace(made, queue=step.queue))]
    stint = _seen(shifts, step.identity, step.version)
    if step.verb == DELETE:
        return [Difference(stint, None)]
    if step.verb == GIVE or step.verb == OPEN:
        return _changed([(stint, replace(stint, agent=step.agent if step.verb == GIVE else None))])
    if step.verb == SWAP:
        other = _seen(shifts, step.other_identity, step.other_version)
        if stint.agent == other.agent:
            raise Impossible("same_person")
        return _changed([(stint, replace(stint, agent=other.agent)), (other, replace(other, agent=stint.agent))])
    if step.verb == HOURS:
        made = _placed(step, stint.identity, stint.agent, first_day, zone)
        return _changed([(stint, replace(_same_meal(stint, made), queue=stint.queue, version=stint.version))])
    raise Impossible("no_such_step", step=step.verb)


def moved_to(stint: Stint, start: timedelta, day: date, length: timedelta, zone: str) -> Stint:
    """The shift on another day or at other hours, its meal at the same share of it."""
    meal = stint.meal_end - stint.meal_start if stint.meal_start and stint.meal_end else timedelta()
    step = Step(
        HOURS,
        stint.identity,
        day=day,
        start_minute=round(start / MINUTE),
        length_minutes=round(length / MINUTE),
        meal_minutes=round(meal / MINUTE),
    )
    made = _same_meal(stint, _placed(step, stint.identity, stint.agent, None, zone))
    return replace(made, queue=stint.queue, version=stint.version)


def _same_meal(was: Stint, made: Stint) -> Stint:
    """A shift that only moves takes its meal along; at another length the meal is around the middle."""
    if was.meal_start is None or was.meal_end is None or made.meal_start is None or made.meal_end is None:
        return made
    meal = was.meal_end - was.meal_start
    if was.end - was.start != made.end - made.start or meal != made.meal_end - made.meal_start:
        return made
    start = made.start + (was.meal_start - was.start)
    return replace(made, meal_start=start, meal_end=start + meal)


def _placed(step: Step, identity: str, agent: int | None, first_day: date | None, zone: str) -> Stint:
    if step.day is None:
        raise Impossible("no_day")
    if first_day is not None and not first_day <= step.day < first_day + timedelta(days=WEEK):
        raise Impossible("other_week")
    length = step.length_minutes * MINUTE
    if not SHORTEST_STINT <= length <= LONGEST_STINT:
        raise Impossible("length")
    if not 0 <= step.start_minute < 1440:
        raise Impossible("start")
    if not 0 <= step.meal_minutes < step.length_minutes:
        raise Impossible("meal")
    middle = (step.length_minutes - step.meal_minutes) // 2 // 15 * 15
    made = stint_at(
        identity,
        agent,
        day=step.day,
        start_minute=step.start_minute,
        length_minutes=step.length_minutes,
        zone=zone,
        meal_minutes=step.meal_minutes,
        meal_after=middle,
    )
    if first_day is not None and not week_bounds(first_day, zone)[0] <= made.start:
        raise Impossible("before_the_week")
    return made


def _seen(shifts: Mapping[str, Stint], identity: str, version: int) -> Stint:
    found = shifts.get(identity)
    if found is None or found.version != version:
        raise Gone(found)
    return found


def _changed(pairs: list[tuple[Stint, Stint]]) -> list[Difference]:
    found = [Difference(before, now) for before, now in pairs if not before.same_work(now)]
    if not found:
        raise Impossible("same")
    return found


def undone(done: list[Difference], shifts: Mapping[str, Stint]) -> list[Difference]:
    """The step backwards, as long as nobody has touched its shifts since."""
    back = []
    for each in done:
        identity = (each.before or each.after).identity  # type: ignore[union-attr]
        now = shifts.get(identity)
        if (now is None) != (each.after is None) or (now and each.after and not now.same_work(each.after)):
            raise Gone(now)
        was = replace(each.before, version=now.version) if each.before and now else each.before
        back.append(Difference(now, was))
    return back
