"""What a set of shifts breaks: the rules of the science in plain Python, and those only a real house has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from floorwalker.apps.schedules.rules.stints import PHONES, WEEK, Stint, Worker, wall_of
from floorwalker.science.rostering import (
    Availability,
    Breach,
    ConsecutiveDays,
    DaysOff,
    Duty,
    Person,
    Rest,
    Roster,
    Shift,
    WeeklyHours,
)
from floorwalker.science.timegrid import TimeGrid

MOST_WITHOUT_MEAL = 360  # minutes: Directive 2003/88/EC, article 4
LEAST, MEAL = "least hours", "meal"
DOUBLE, CONTRACTOR, EMPLOYED, SKILLS = "double booking", "contractor", "employment", "skills"
TRAINING, TRAINING_TIME = "training", "training time"  # of who is new
SOFT = frozenset({LEAST, MEAL})  # said, and never in the way
ABSOLUTE = frozenset({DOUBLE, CONTRACTOR, EMPLOYED})  # not even with a reason


@dataclass(frozen=True)
class Finding:
    """A rule that a person's shifts break, and the facts a sentence of it names. ``day`` None: the whole week.

    The sentence is put in by `schedules.words`, in the language of who reads it.
    """

    rule: str
    agent: int
    day: date | None
    facts: tuple[tuple[str, float | str | date], ...] = ()
    text: str = ""

    @property
    def hard(self) -> bool:
        return self.rule not in SOFT

    @property
    def absolute(self) -> bool:
        return self.rule in ABSOLUTE


@dataclass(frozen=True)
class Booked(Roster):
    """A roster of shifts at the moments they really have, the second 01:30 of a long night among them."""

    spans: Mapping[Duty, tuple[int, int]] = field(default_factory=dict)

    def span(self, duty: Duty) -> tuple[int, int]:
        return self.spans[duty]


HARD_RULES = (WeeklyHours(least=False), Rest(), ConsecutiveDays(), DaysOff(), Availability())


def findings(first_day: date, zone: str, workers: Sequence[Worker], stints: Iterable[Stint]) -> list[Finding]:
    """What the shifts of these people break in the week from ``first_day``.

    Give the shifts of the week before and after too: rest and days in a row know no Monday. What only concerns
    those weeks is not told.
    """
    everyone = {worker.id: worker for worker in workers}
    mine = [stint for stint in stints if stint.agent in everyone]
    roster = booked(first_day, zone, workers, mine)
    by_label = {label: worker.id for label, worker in zip(labels(workers), workers, strict=True)}
    days = {first_day + timedelta(days=d) for d in range(WEEK)}
    found = [
        _told(breach.rule, by_label[breach.person], _day(roster, breach), breach)
        for rule in HARD_RULES
        for breach in rule.breaches(roster)
        if _concerns(roster, breach, days)
    ]
    found += [
        _told(LEAST, by_label[breach.person], None, breach)
        for breach in WeeklyHours().breaches(roster)
        if dict(breach.facts)["what"] == LEAST and dict(breach.facts)["week"] == first_day
    ]
    for each in _own_rules(everyone, mine, zone):
        if each.day in days:
            found.append(each)
    found += _training_of_who_is_new(everyone, mine, zone, days)
    return sorted(found, key=lambda f: (f.agent, f.day or first_day, f.rule, str(f.facts)))


def _told(rule: str, agent: int, day: date | None, breach: Breach) -> Finding:
    return Finding(rule, agent, day, (("name", breach.person), *breach.facts))


def caused(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """What a change breaks that was whole before."""
    old = set(before)
    return [each for each in after if each not in old]


def booked(first_day: date, zone: str, workers: Sequence[Worker], stints: Sequence[Stint]) -> Booked:
    """The three weeks around ``first_day`` as the rules read them."""
    grid = TimeGrid(first_day - timedelta(days=WEEK), 3 * WEEK, 3600, zone)
    people = tuple(_person(worker, label) for worker, label in zip(workers, labels(workers), strict=True))
    label_of = {worker.id: person.id for worker, person in zip(workers, people, strict=True)}
    shifts: dict[str, Shift] = {}
    spans: dict[Duty, tuple[int, int]] = {}
    for stint in stints:
        day, minute = (stint.day, stint.wall_minute) if stint.day else wall_of(stint.start, zone)
        number = (day - grid.first_day).days
        if stint.agent is None or not 0 <= number < grid.days:
            continue
        length = round((stint.end - stint.start).total_seconds() / 60)
        meal = round(length - stint.paid_hours * 60)
        name = f"{clock(minute)}–{clock(minute + length)}"
        shift = (
            Shift(name, minute, length, meal, 0, max(0, length - meal)) if meal else Shift(name, minute, length)
        )
        if shifts.setdefault(name, shift) != shift:
            name = f"{name} (meal {meal} min)"
            shifts.setdefault(name, Shift(name, minute, length, meal, 0, max(0, length - meal)))
        duty = Duty(label_of[stint.agent], number, name, minute if meal else None)
        spans[duty] = (int(stint.start.timestamp()), int(stint.end.timestamp()))
    return Booked(grid, people, tuple(shifts.values()), tuple(sorted(spans)), spans)


def clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def labels(workers: Sequence[Worker]) -> list[str]:
    """Names people know each other by, with the number where two are called alike."""
    called = Counter(worker.name for worker in workers)
    return [
        worker.name if called[worker.name] == 1 else f"{worker.name} ({worker.number or worker.id})"
        for worker in workers
    ]


def _person(worker: Worker, label: str) -> Person:
    return Person(
        label,
        min_hours=min(worker.least_hours, worker.most_hours),
        max_hours=worker.most_hours,
        max_days=worker.most_days,
        min_rest_hours=worker.least_rest_hours,
        max_consecutive_days=worker.most_days_in_a_row,
        days_off=worker.days_off,
        available=worker.available,
    )


def _day(roster: Booked, breach: Breach) -> date | None:
    return None if breach.day is None else roster.grid.dates[breach.day]


def _concerns(roster: Booked, breach: Breach, days: set[date]) -> bool:
    day = _day(roster, breach)
    if day is None:
        return dict(breach.facts)["week"] == min(days)
    # A short rest before the Monday after is this week's doing as much as the next one's.
    return day in days or (breach.rule == Rest.name and day == max(days) + timedelta(days=1))


def _own_rules(everyone: Mapping[int, Worker], stints: Sequence[Stint], zone: str) -> Iterator[Finding]:
    by_agent: dict[int, list[Stint]] = {}
    for stint in stints:
        assert stint.agent is not None
        by_agent.setdefault(stint.agent, []).append(stint)
    for agent, theirs in by_agent.items():
        worker = everyone[agent]
        theirs.sort(key=lambda s: (s.start, s.end))
        for earlier, later in pairwise(theirs):
            if later.start < earlier.end:
                yield Finding(DOUBLE, agent, _local_day(later, zone), (("name", worker.name),))
        for stint in theirs:
            yield from _one(worker, stint, _local_day(stint, zone))


def _training_of_who_is_new(
    everyone: Mapping[int, Worker], stints: Sequence[Stint], zone: str, days: set[date]
) -> Iterator[Finding]:
    """The week has to hold the training somebody new is owed, and keep the times it has.

    Who has no shift at all is not told of here: that they work too few hours is said already.
    """
    for worker in everyone.values():
        theirs = [each for each in stints if each.agent == worker.id and _local_day(each, zone) in days]
        if not worker.training_minutes or not theirs:
            continue
        who, minutes = ("name", worker.name), round(sum(each.paid_hours for each in theirs) * 60)
        if minutes < worker.training_minutes:
            facts = (who, ("minutes", minutes), ("least", worker.training_minutes))
            yield Finding(TRAINING, worker.id, None, facts)
        on_phones = [piece for each in theirs for piece in each.pieces() if piece[2] == PHONES]
        for start, end in worker.training:
            if not any(low <= start and end <= high for low, high, _what in on_phones):
                day, minute = wall_of(start, zone)
                yield Finding(TRAINING_TIME, worker.id, day, (who, ("clock", clock(minute))))


def _local_day(stint: Stint, zone: str) -> date:
    return stint.day or wall_of(stint.start, zone)[0]


def _one(worker: Worker, stint: Stint, day: date) -> Iterator[Finding]:
    who = ("name", worker.name)
    if worker.contractor:
        yield Finding(CONTRACTOR, worker.id, day, (who,))
    if not worker.employed(day):
        yield Finding(EMPLOYED, worker.id, day, (who,))
    if stint.queue is not None and worker.queues is not None and stint.queue not in worker.queues:
        yield Finding(SKILLS, worker.id, day, (who,))
    minutes = (stint.end - stint.start).total_seconds() / 60
    if minutes > MOST_WITHOUT_MEAL and stint.meal_start is None:
        yield Finding(MEAL, worker.id, day, (who, ("hours", minutes / 60)))
