"""What follows an event follows once."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from floorwalker.kernel import events
from floorwalker.kernel.events import reactions
from floorwalker.kernel.events.delivery import Undelivered
from floorwalker.kernel.models import AnnouncedEvent, Delivery
from tests.kernel.events.opened import DoorOpened

EVENT = DoorOpened(3, people=(4, 5))


@pytest.fixture(autouse=True)
def own_reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reactions of a test end with it."""
    importlib.import_module("floorwalker.project.wiring")  # wired for good before this test adds to it
    monkeypatch.setattr(reactions, "REACTIONS", dict(reactions.REACTIONS))


@pytest.mark.django_db
def test_an_event_comes_back_as_it_was() -> None:
    """Times, dates, amounts and lists survive the way through the database."""
    events.announce(EVENT)
    kept = AnnouncedEvent.objects.get()
    kept.refresh_from_db()
    assert kept.name == "kernel.DoorOpened"
    assert DoorOpened.from_body(kept.body) == EVENT


def test_each_reaction_takes_effect_once(deliver: Callable[[], None]) -> None:
    """Delivering again, as after a killed worker, does nothing more."""
    seen: list[object] = []
    events.react(DoorOpened, "note it", lambda event, at: seen.append(event))
    events.announce(EVENT)
    deliver()
    AnnouncedEvent.objects.update(delivered_at=None)
    deliver()
    assert seen == [EVENT]


def test_a_failing_reaction_stops_no_other(deliver: Callable[[], None]) -> None:
    """The others take effect; what failed leaves nothing behind, is kept with its reason and tried again."""
    seen: list[str] = []
    broken = [True]

    def fragile(event: DoorOpened, at: datetime) -> None:
        AnnouncedEvent.objects.create(name="trace", body={}, delivered_at=at)
        if broken:
            raise ValueError("no paint")

    events.react(DoorOpened, "paint it", fragile)
    events.react(DoorOpened, "note it", lambda event, at: seen.append("noted"))
    events.announce(EVENT)
    with pytest.raises(Undelivered, match="paint it"):
        deliver()
    failed = Delivery.objects.get(reaction="paint it")
    assert (seen, failed.failure, failed.done_at, failed.attempts) == (["noted"], "ValueError: no paint", None, 1)
    assert not AnnouncedEvent.objects.filter(name="trace").exists()
    broken.clear()
    deliver()
    failed.refresh_from_db()
    assert seen == ["noted"] and failed.done_at is not None and failed.failure == ""


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_change_it_tells_of() -> None:
    """Outside a transaction there is no change to tell of; and what is rolled back was never announced."""
    with pytest.raises(RuntimeError, match="in the transaction"):
        events.announce(EVENT)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.announce(EVENT)
        raise ZeroDivisionError
    assert not AnnouncedEvent.objects.exists()
