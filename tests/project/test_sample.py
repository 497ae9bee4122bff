"""The sample centres: a step is done when all of it is."""

from __future__ import annotations

from floorwalker.project.sample import planning
from tests.factories.capacity import MONDAY, a_queue
from tests.factories.schedules import require
from tests.people import Cast


def test_a_site_is_staffed_when_each_of_its_queues_is(cast: Cast) -> None:
    """With one of two a roster would be made for that one alone, and nobody would answer the other."""
    cards, loans = (a_queue(cast.world, name=name) for name in ("Cards", "Loans"))
    sites = [cast.world.north]
    assert not planning.is_staffed(sites, MONDAY)
    require(cards, MONDAY)
    assert not planning.is_staffed(sites, MONDAY)
    require(loans, MONDAY)
    assert planning.is_staffed(sites, MONDAY)
