"""S107: how reward stands to correction, by team and month; a manager's sums of five people and more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching import services as coaching
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries, services
from floorwalker.kernel.errors import NotFound
from tests.apps.recognition.test_ledger import give
from tests.apps.test_api_doors import Door
from tests.people import NOW, STARTED, Cast

MARCH = NOW.date().replace(day=1)


def fill_up(cast: Cast, upto: int = 5) -> None:
    """North One has three people who have not left; others come."""
    there = Agent.objects.filter(team=cast.world.north_one, left_on=None).count()
    for n in range(upto - there):
        Agent.objects.create(name=f"More {n}", number=f"M{n}", team=cast.world.north_one, started_on=STARTED)


def told(cast: Cast, tone: str, n: int, kind: str = "feedback", **more: object) -> None:
    assert cast.agent.agent is not None
    for each in range(n):
        facts = {"at": NOW + timedelta(minutes=each)} | more
        coaching.note_touch(
            agent_id=cast.agent.agent.pk, by_user_id=cast.supervisor.user.pk, kind=kind, tone=tone,
            once=f"{tone}{kind}{each}{more}", **facts,
        )  # fmt: skip


def a_month(cast: Cast) -> None:
    """25 points of which 5 are taken back; six times praised, twice corrected; and what does not count."""
    give(cast.agent, 20, "a"), give(cast.colleague, 3, "other month", at=NOW - timedelta(days=10))
    wrong = give(cast.colleague, 5, "b")
    services.reverse(entry=wrong.pk, why="Booked twice.", by=cast.supervisor.actor, at=NOW)
    told(cast, "positive", 6), told(cast, "corrective", 2)
    told(cast, "positive", 3, kind="thanks")
    told(cast, "corrective", 1, at=NOW - timedelta(days=10))


def test_a_team_of_five_has_its_ratio_on_the_page_and_for_programs(cast: Cast) -> None:
    """Points that stayed, bookings taken back, three times praised for each correction; the month before apart."""
    fill_up(cast)
    a_month(cast)
    (line,) = queries.reward_by_team(cast.manager.actor, MARCH).teams
    assert (line.team, line.people, line.points, line.taken_back) == ("North One", 5, 20, 1)
    assert (line.positive, line.corrective, line.ratio, line.ratio_words) == (6, 2, 3.0, "3 to 1")
    page = cast.client(cast.manager).get("/boards/reward/?month=2026-03").content.decode()
    assert "North One" in page and "3 to 1" in page and cast.agent.user.name not in page.split("<table")[1]
    (program,) = Door(cast, cast.manager).get("/boards/reward?month=2026-03").json()["teams"]
    assert (program["points"], program["taken_back"], program["ratio"]) == (20, 1, 3.0)
    (before,) = queries.reward_by_team(cast.manager.actor, queries.month_before(MARCH)).teams
    assert (before.points, before.corrective, before.ratio) == (3, 1, 0.0)


def test_of_four_nothing_is_told(cast: Cast) -> None:
    """Neither on the page nor for programs: how many teams are too small, and no more."""
    fill_up(cast, 4)
    a_month(cast)
    found = queries.reward_by_team(cast.manager.actor, MARCH)
    assert (found.teams, found.too_small) == ([], 3)
    page = cast.client(cast.manager).get("/boards/reward/?month=2026-03").content.decode()
    assert "North One" not in page and "3 teams have fewer than five people" in page
    assert Door(cast, cast.manager).get("/boards/reward?month=2026-03").json()["teams"] == []


def test_it_is_a_managers_sight(cast: Cast) -> None:
    """Leads and agents find no such page, and no month that is none is answered."""
    for who in (cast.supervisor, cast.agent, cast.hr, cast.auditor):
        assert cast.client(who).get("/boards/reward/").status_code == 404
        assert Door(cast, who).get("/boards/reward").status_code in (403, 404)
    for strange in ("2026-13", "March", "0026-01", "9999-12"):
        assert cast.client(cast.manager).get(f"/boards/reward/?month={strange}").status_code == 404
        with pytest.raises(NotFound):
            queries.month_asked(strange, MARCH)
    assert "Reward and correction" in cast.client(cast.manager).get("/boards/questions/").content.decode()
    assert "Reward and correction" not in cast.client(cast.agent).get("/boards/questions/").content.decode()
