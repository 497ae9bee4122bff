"""A roster as a model to be simulated, made in one place for audits, prices, values and explanations.

Everybody rostered is an agent of their own, at work in elapsed seconds since the grid began: shifts with the meal
and known time off the phones cut out, nights and days of a clock change included. What is left out of a roster
but not out of a working day – breaks, illness, whatever else *shrinkage* and absence stand for – is taken as a
share of the people there, see :func:`roster_model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.model import Roster
from floorwalker.science.simulation import Agent, AgentGroup, Model, QueueChoice, Routing, Skill
from floorwalker.science.staffing import Served, common_grid, contact_types, periods_of
from floorwalker.science.timegrid import TimeGrid

Span = tuple[float, float]


@dataclass(frozen=True)
class OnPhones:
    """One person on the phones for one queue: spans from and to (UTC seconds), ascending, none touching another.

    ``also`` are other queues the person can serve; ``pace`` multiplies their handling times.
    """

    person: str
    queue: str
    spans: tuple[Span, ...]
    also: frozenset[str] = frozenset()
    pace: float = 1.0

    def __post_init__(self) -> None:
        before = float("-inf")
        for place, (start, end) in enumerate(self.spans):
            if not before <= start < end:
                raise InvalidInput(
                    f"spans[{place}] of {self.person!r} is empty or begins before the last one ends"
                )
            before = end


def on_phones(
    roster: Roster, queue: str, away: Mapping[str, Iterable[tuple[int, int]]] | None = None
) -> tuple[OnPhones, ...]:
    """Everybody of a roster made for ``queue``: their shifts but for meals and the time they are ``away``.

    ``away`` holds from and to (UTC seconds) by the person's id: sessions, training, whatever has its time.
    """
    gone = away or {}
    unknown = sorted(set(gone) - set(roster.person_by_id))
    if unknown:
        raise InvalidInput(f"away names {unknown[0]!r}, who is not in the roster; use ids of its people")
    found = []
    for person in roster.people:
        duties = roster.duties_by_person[person.id]
        cuts = [meal for duty in duties if (meal := roster.meal(duty))] + list(gone.get(person.id, ()))
        spans = without((roster.span(duty) for duty in duties), cuts)
        if spans:
            found.append(OnPhones(person.id, queue, spans, person.queues - {queue}))
    return tuple(found)


def without(spans: Iterable[Span], cuts: Iterable[Span]) -> tuple[Span, ...]:
    """``spans``, joined where they touch, but for ``cuts``."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    for low, high in cuts:
        found = [
            part
            for start, end in found
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[0] < part[1]
        ]
    return tuple(found)


def roster_model(
    served: Sequence[Served],
    people: Sequence[OnPhones],
    *,
    presence: float | Mapping[str, float] = 1.0,
    luck: float = 0.5,
    overflow: bool = False,
    paths: int = 0,
    seed: int = 0,
) -> Model:
    """The queues with the people rostered for them, one group of agents a queue.

    ``presence`` (by queue, or one for all) is the share of people at work who are on the phones:
    (1 − shrinkage) × (1 − absence). Of ``n`` people there, ``n × (1 − presence)`` are away, a fraction that is
    rounded up where it is above ``1 − luck``: a few runs with luck spread evenly over 0-1 have on average just
    that many there, each with whole people. Who is away changes as seldom as can be, since each going means one
    more contact finished first.

    With ``overflow`` people also take contacts of the queues in ``also``, after their own, and groups are people
    alike in queues. ``paths`` draws that many joint samples of each forecast, its uncertainty included; without,
    contacts come as expected, a Poisson process.
    """
    grid = common_grid(served)
    names = [each.queue for each in served]
    if not 0 <= luck <= 1:
        raise InvalidInput(f"luck is {luck:g}; give a number from 0 to 1")
    shares = {name: presence if isinstance(presence, float | int) else presence[name] for name in names}
    for name, share in shares.items():
        if not 0 < share <= 1:
            raise InvalidInput(f"the presence of {name!r} is {share:g}; give a share above 0, up to 1")
    by_queue: dict[str, list[OnPhones]] = {name: [] for name in names}
    for each in people:
        if each.queue not in by_queue:
            raise InvalidInput(f"{each.person!r} works for {each.queue!r}, which is not among {', '.join(names)}")
        by_queue[each.queue].append(each)
    groups: dict[str, list[Agent]] = {}
    skills: dict[str, tuple[Skill, ...]] = {}
    for name, members in by_queue.items():
        if not overflow or not members:
            groups[name], skills[name] = [], (Skill(name),)
        there = _thinned([_within(each.spans, grid) for each in members], shares[name], luck)
        for each, spans in zip(members, there, strict=True):
            group = name
            if overflow:
                others = tuple(other for other in names if other in each.also)
                group = " + ".join((name, *others))
                skills[group] = (Skill(name), *(Skill(other, priority=2) for other in others))
            groups.setdefault(group, []).append(Agent(each.person, spans, each.pace))
    made = tuple(AgentGroup(name, skills[name], agents=tuple(members)) for name, members in groups.items())
    routing = Routing(queues=QueueChoice.PRIORITY) if overflow else Routing()
    return Model(periods_of(grid), contact_types(served, paths=paths, seed=seed), made, routing)


def lucks(count: int) -> tuple[float, ...]:
    """``count`` values of luck spread evenly over 0-1."""
    return tuple((place + 0.5) / count for place in range(count))


def _within(spans: Iterable[Span], grid: TimeGrid) -> tuple[Span, ...]:
    """In seconds since the grid began, nothing outside of it."""
    begin, end = grid.starts[0], grid.end
    inside = ((max(low, begin) - begin, min(high, end) - begin) for low, high in spans)
    return tuple((float(low), float(high)) for low, high in inside if low < high)


def _thinned(people: Sequence[tuple[Span, ...]], share: float, luck: float) -> list[tuple[Span, ...]]:
    """The spans of each person that are left when only ``share`` of those at work are there at any moment.

    Who has been there longest goes, who has been away longest returns, and only when the number says so.
    """
    if share == 1:
        return list(people)
    there: dict[int, None] = {}  # ordered sets: who came or returned last stands last
    away: dict[int, float] = {}  # since when
    cuts: list[list[Span]] = [[] for _ in people]
    for moment, come, gone in _changes(people):
        for person in gone:
            if person in away:
                cuts[person].append((away.pop(person), moment))
            else:
                del there[person]
        for person in come:
            there[person] = None
        wanted = floor((len(there) + len(away)) * (1 - share) + luck + 1e-9)
        while len(away) < wanted and there:
            person = next(iter(there))
            del there[person]
            away[person] = moment
        while len(away) > wanted:
            person = next(iter(away))
            cuts[person].append((away.pop(person), moment))
            there[person] = None
    return [_cut(spans, gone) for spans, gone in zip(people, cuts, strict=True)]


def _changes(people: Sequence[tuple[Span, ...]]) -> Iterator[tuple[float, list[int], list[int]]]:
    """Each moment at which somebody comes or goes: who comes, who goes."""
    come: dict[float, list[int]] = {}
    gone: dict[float, list[int]] = {}
    for person, spans in enumerate(people):
        for start, end in spans:
            come.setdefault(start, []).append(person)
            gone.setdefault(end, []).append(person)
    for moment in sorted(come.keys() | gone.keys()):
        yield moment, come.get(moment, []), gone.get(moment, [])


def _cut(spans: tuple[Span, ...], cuts: list[Span]) -> tuple[Span, ...]:
    """One pass: both ascend, and every cut lies within one span."""
    found, place = [], 0
    for start, end in spans:
        at = start
        while place < len(cuts) and cuts[place][0] < end:
            low, high = cuts[place]
            if at < low:
                found.append((at, low))
            at, place = high, place + 1
        if at < end:
            found.append((at, end))
    return tuple(found)
