"""A simulated quarter of the ledger: each promise ends exactly once; what was announced tells the same rates."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import timedelta

from floorwalker.apps.promises import kinds, queries, services
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.rules import ENDED, kept_rate
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.models import AnnouncedEvent
from tests.people import NOW, Cast, Person

QUARTER, GRACE = 91, timedelta(days=3)
WAYS = ("keep", "keep late", "withdraw", "break off", "miss", "hand over", "owe to", "forget")


def a_quarter(cast: Cast, chance: random.Random) -> None:
    """Three promises a day among five people, each treated in one of the ways, some in two at once."""
    people = [cast.supervisor, cast.other_supervisor, cast.quality_analyst, cast.agent, cast.colleague]
    plans: dict[int, list[tuple[str, str, Person]]] = defaultdict(list)
    for day in range(QUARTER + 40):
        at = NOW + timedelta(days=day)
        for number in range(3 if day < QUARTER else 0):
            owner, to = chance.sample(people, 2)
            once = f"{day}-{number}"
            due = chance.randint(1, 14)
            services.register(
                kind="test.answer", ref=("test.request", day), owner=owner.user.pk, to=to.user.pk,
                what="An answer", due=at + timedelta(days=due), by=owner.actor, at=at, once=once,
            )  # fmt: skip
            for way in chance.sample(WAYS, chance.randint(1, 2)):
                later = day + (due + 1 if way == "keep late" else chance.randint(0, due))
                plans[later].append((way, once, chance.choice(people)))
        for way, once, other in plans.pop(day, []):
            treat(way, once, other, day)
        services.lapse(at)
        services.tell_owners(at)
        services.tell_leads(at)


def treat(way: str, once: str, other: Person, day: int) -> None:
    promise = Promise.objects.get(once=once)
    at, by = NOW + timedelta(days=day, hours=1), other.actor
    why = "It came otherwise."
    if way in ("keep", "keep late"):
        services.keep(once=once, by=by, at=at)
    elif way == "withdraw":
        services.withdraw(once=once, why=why, by=by, at=at)
    elif way == "miss":
        services.miss(once=once, why=why, by=by, at=at)
    elif way == "hand over":
        services.hand_over(once=once, owner=other.user.pk, why=why, by=by, at=at)
    elif way == "owe to":
        services.owe_to(once=once, to=other.user.pk, why=why, by=by, at=at)
    elif way == "break off":
        with suppress(Refused):  # not theirs, or it has ended: it stays as it is
            services.break_off(promise=promise, why=why, by=by, at=at)


def test_every_promise_of_a_quarter_ends_exactly_once(cast: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """One terminal state each, announced once; the rates pages show can be counted from what was announced."""
    kind = kinds.Kind("test.answer", "answers", lambda ref: f"/about/{ref[1]}/", GRACE)
    monkeypatch.setitem(kinds.KINDS, "test.answer", kind)
    a_quarter(cast, random.Random(7))
    rows = {row.pk: row for row in Promise.objects.all()}
    assert len(rows) >= 3 * QUARTER
    told = [event.body for event in AnnouncedEvent.objects.filter(name__endswith="PromiseEnded")]
    assert Counter(each["promise_id"] for each in told) == Counter(list(rows))  # each once, none without
    assert {each["promise_id"]: each["state"] for each in told} == {pk: row.state for pk, row in rows.items()}
    assert {row.state for row in rows.values()} == set(ENDED)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for each in told:
        counts[each["owner_id"]][each["state"]] += 1
    shown = {line.owner_id: line.rate for line in queries.rates_by_owner(cast.manager.actor)}
    assert shown == {owner: kept_rate(found) for owner, found in counts.items()}
    naive = {
        owner: kept_rate({**found, "broken": found["broken"] + found["withdrawn"]})
        for owner, found in counts.items()
    }
    assert naive != shown  # counting what was withdrawn against its owner would be seen
