"""“Why 43?”: one interval opened into the parts of its number, what went in, and what it achieves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.capacity.models import RequiredDay, StaffingPolicy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.audits import interval_audit
from floorwalker.apps.capacity.queries.inputs import rostered_days
from floorwalker.apps.capacity.queries.required import goal_words, newest_days
from floorwalker.apps.capacity.rules import Curve
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import duration_words, number_words, percent_words
from floorwalker.science.timegrid import TimeGrid

# The library's parts as they are called here.
PARTS = {
    "load": gettext_lazy("Work"),
    "whole agents": gettext_lazy("Whole people"),
    "randomness": gettext_lazy("Randomness"),
    "target": gettext_lazy("Service target"),
    "max_occupancy": gettext_lazy("Highest occupancy"),
    "max_asa_seconds": gettext_lazy("Average speed of answer"),
    "abandonment": gettext_lazy("Callers who hang up"),
    "max_abandon": gettext_lazy("Most who may hang up"),
    "minimum staff": gettext_lazy("Fewest while open"),
    "average": gettext_lazy("Averaged"),
    "forecast uncertainty": gettext_lazy("Uncertain forecast"),
    "absence allowance": gettext_lazy("Time off the phones"),
}


@dataclass(frozen=True)
class Part:
    label: Any
    amount: float
    so_far: float
    because: str


@dataclass(frozen=True)
class Reasons:
    """One interval opened."""

    queue: Queue
    day: date
    number: int
    start: datetime
    end: datetime
    scheduled: int
    on_phones: int
    rostered: int | None
    parts: list[Part]
    inputs: list[tuple[Any, Any]]
    achieves: list[tuple[Any, Any]]
    abandoned: list[tuple[Any, Any]]  # callers who abandon with fewer and with more people than required
    one_more: str
    made_at: datetime
    made_by: str
    forecast_url: str
    week_url: str
    neighbours: tuple[str, str] = field(default=("", ""))  # addresses of the intervals before and after


def why(actor: Actor, queue_id: int, day: date, number: int) -> Reasons:
    """The newest reasons of an interval; NotFound where none are kept, because the queue is closed for example."""
    queue = demand.the_queue(actor, queue_id, P.SEE)
    found = newest_days(actor, [queue.pk], day, day)
    if not found or str(number) not in found[0].reasons:
        raise NotFound
    row = found[0]
    kept = row.requirement
    grid = TimeGrid(day, 1, kept.step_seconds, kept.zone)
    rostered = rostered_days(queue, [day], kept.step_seconds, kept.zone)[0]
    start = datetime.fromtimestamp(grid.starts[number], UTC)
    monday = date.fromordinal(day.toordinal() - day.weekday())
    return Reasons(
        queue=queue,
        day=day,
        number=number,
        start=start,
        end=datetime.fromtimestamp(grid.starts[number] + grid.lengths[number], UTC),
        scheduled=row.scheduled[number],
        on_phones=row.required[number],
        rostered=rostered[number] if rostered else None,
        parts=_parts(row.reasons[str(number)]),
        inputs=_inputs(row, number, grid.starts[number]),
        achieves=_achieves(row, number) + interval_audit(actor, queue, row, rostered, number),
        abandoned=_abandoned(row, number, rostered[number] if rostered else None),
        one_more=_one_more(row, number),
        made_at=kept.made_at,
        made_by=kept.made_by,
        forecast_url=reverse("demand:forecast", args=[queue.pk]),
        week_url=f"{reverse('capacity:required')}?queue={queue.pk}&week={monday.isoformat()}",
        neighbours=(_address(queue, row, number - 1), _address(queue, row, number + 1)),
    )


def _address(queue: Queue, row: RequiredDay, number: int) -> str:
    if str(number) not in row.reasons:
        return ""
    return reverse("capacity:why", args=[queue.pk, row.day.isoformat(), number])


def _parts(reasons: list[dict[str, Any]]) -> list[Part]:
    sums = accumulate(part["amount"] for part in reasons)
    return [
        Part(PARTS.get(part["name"], part["name"]), part["amount"], so_far, _because(part["because"]))
        for part, so_far in zip(reasons, sums, strict=True)
    ]


def _because(text: str) -> str:
    """The library names a way of counting by its key; people read what it counts."""
    for definition in Queue.Definition:
        text = text.replace(f" under the definition {definition.value}", f": {definition.label}")
    return text


def _inputs(row: RequiredDay, number: int, start: float) -> list[tuple[Any, Any]]:
    goals, policy = row.requirement.settings["goals"], row.requirement.settings["policy"]
    definition = Queue.Definition(goals["definition"]).label
    pairs: list[tuple[Any, Any]] = [
        (_("Contacts expected"), number_words(row.contacts[number], digits=1)),
        (_("Handling time"), duration_words(row.aht_seconds[number])),
        *_set_by_planner(row, start),
        (_("Goal"), f"{goal_words(goals)}, {definition}"),
        (_("The goal holds"), StaffingPolicy.Over(policy["over"]).label),
        (_("Shrinkage"), percent_words(policy["shrinkage"], 1)),
    ]
    if off_phone := row.requirement.settings.get("off_phone"):
        pairs.append((_("Planned off the phones, on top"), percent_words(off_phone, 1)))
    if goals["patience_seconds"]:
        pairs.append((_("Patience of callers"), duration_words(goals["patience_seconds"])))
    if goals["max_abandon"]:
        pairs.append(
            (
                _("Agreed with the client"),
                _("at most %(share)s hang up") % {"share": percent_words(goals["max_abandon"], 1)},
            )
        )
    for name, label in (
        ("absence", _("Unplanned absence")),
        ("confidence", _("Confidence")),
        ("max_occupancy", _("Highest occupancy")),
        ("max_abandon", _("Most who may hang up")),
    ):
        if policy[name]:
            pairs.append((label, percent_words(policy[name], 1)))
    for name, label in (("value_in_time", _("Worth of a contact in time")), ("cost_lost", _("Cost of one lost"))):
        if policy.get(name):
            money = {"n": number_words(policy[name], digits=2), "currency": settings.CURRENCY}
            pairs.append((label, _("%(n)s %(currency)s") % money))
    pairs.append((_("Fewest while open"), number_words(policy["min_staff"])))
    return pairs


def _set_by_planner(row: RequiredDay, start: float) -> list[tuple[Any, Any]]:
    """Why the handling time is not the forecast's; the last change over the interval holds."""
    said = row.requirement.settings.get("handling", [])
    over = [each["reason"] for each in said if each["start"] <= start < each["end"]]
    return [(_("Handling time set by a planner"), over[-1])] if over else []


def _achieves(row: RequiredDay, number: int) -> list[tuple[Any, Any]]:
    """With the people required and the contacts expected."""
    goals = row.requirement.settings["goals"]
    seconds = duration_words(goals["seconds"])
    wait = row.asa_seconds[number]
    return [
        (_("Answered within %(time)s") % {"time": seconds}, percent_words(row.service_level[number], 1)),
        (_("Average wait"), _("grows without limit") if wait is None else duration_words(wait)),
        (_("Hang up"), percent_words(row.abandon_rate[number], 1)),
        (_("Busy"), percent_words(row.occupancy[number], 1)),
    ]


def _abandoned(row: RequiredDay, number: int, rostered: int | None) -> list[tuple[Any, Any]]:
    """The curve of the interval where rosters usually are: what an edit there is priced by."""
    if not row.abandoned:
        return []
    scheduled = row.scheduled[number]
    curve = Curve.of(scheduled, row.requirement.curve_offsets, row.abandoned[number])
    near = {max(0, scheduled + offset) for offset in (-5, -2, -1, 0, 1, 2, 5)} | {rostered or 0, 0}
    found: list[tuple[Any, Any]] = []
    for people in sorted(near):
        callers = curve.at(people)
        label = ngettext("with %(n)s person at work", "with %(n)s people at work", people) % {
            "n": number_words(people)
        }
        found.append((label, _("not known") if callers is None else number_words(callers, digits=1)))
    return found


def _one_more(row: RequiredDay, number: int) -> str:
    saved, in_time = row.saved_by_one_more[number], row.in_time_by_one_more[number]
    words = {"saved": number_words(saved, digits=1), "in_time": number_words(in_time, digits=1)}
    if saved >= 0.05:
        what = _("One agent more would keep %(saved)s callers and answer %(in_time)s more in time.") % words
    elif in_time >= 0.05:
        what = _("One agent more would answer %(in_time)s more callers in time.") % words
    else:
        return _("One agent more would change next to nothing.")
    policy = row.requirement.settings["policy"]
    worth = saved * (policy.get("cost_lost") or 0.0) + in_time * (policy.get("value_in_time") or 0.0)
    if worth < 0.005:
        return what
    money = {"n": number_words(worth, digits=2 if worth < 10 else 0), "currency": settings.CURRENCY}
    return f"{what} {_('That is worth %(n)s %(currency)s.') % money}"
