"""My numbers, the team by name, sums of five or more."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries, services
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.performance.rules.facts import Told
from floorwalker.apps.performance.rules.history import best_weeks, by_day
from floorwalker.kernel.access import SYSTEM
from tests.people import Cast, Person


def past(
    person: Person | Agent, measure: str = "quality_score", count: int = 40, level: float = 80.0, **more: Any
) -> None:
    """Days up to yesterday, every one, around a level: by the agent's number, for ids differ from run to run."""
    agent = person if isinstance(person, Agent) else person.agent
    assert agent is not None
    chance, today = random.Random(agent.number), timezone.now().date()
    spread = more.get("spread", 4.0)
    services.tell_days(
        facts=[
            Told(
                agent.pk,
                today - timedelta(days=n + 1),
                measure,
                max(0.0, level + chance.gauss(0, spread)),
                2.0,
                f"{measure}:{n}",
            )
            for n in range(count)
        ],
        source="test",
        by=SYSTEM,
        at=timezone.now(),
    )


def test_my_numbers_stand_against_my_own_past(cast: Cast) -> None:
    """Each measure with its range, the days it rests on, what did not count, the next step and its chance."""
    past(cast.agent)
    page = cast.client(cast.agent).get("/numbers/").content.decode()
    assert "My numbers" in page and "Quality score" in page
    assert "by 28 days of the last 28" in page
    assert "12 days before these" in page
    assert "If everything goes on as it did" in page
    assert "Own best" in page


def test_too_few_days_say_so(cast: Cast) -> None:
    """And no step is suggested."""
    past(cast.agent, count=9)
    page = cast.client(cast.agent).get("/numbers/").content.decode()
    assert "too few to tell" in page and "9 days counted in half a year" in page
    assert "Next step" not in page


def test_a_page_without_figures_says_what_will_stand_there(cast: Cast) -> None:
    """For the agent, and for who leads them."""
    assert "No figures of you yet" in cast.client(cast.agent).get("/numbers/").content.decode()
    path = f"/numbers/agents/{cast.agent.agent.pk}/"  # type: ignore[union-attr]
    assert "No figures of this agent yet" in cast.client(cast.supervisor).get(path).content.decode()


def test_only_the_agent_and_who_leads_or_judges_them_see_their_numbers(cast: Cast) -> None:
    """A manager sees sums, a planner too, a colleague nothing."""
    past(cast.agent)
    for path in ("", "figures.csv"):
        address = f"/numbers/agents/{cast.agent.agent.pk}/{path}"  # type: ignore[union-attr]
        for seen in (cast.agent, cast.supervisor, cast.quality_analyst):
            assert cast.client(seen).get(address).status_code == 200
        for hidden in (
            cast.colleague,
            cast.other_supervisor,
            cast.manager,
            cast.planner,
            cast.hr,
            cast.client_viewer,
        ):
            assert cast.client(hidden).get(address).status_code == 404


def test_the_team_stands_by_name_and_never_by_figures(cast: Cast) -> None:
    """Whoever is best; too few days say so, and a sort in the address changes nothing."""
    past(cast.colleague, level=95.0, spread=1.0)
    past(cast.agent, level=60.0)
    past(cast.contractor, count=4)
    browser = cast.client(cast.supervisor)
    for address in ("/numbers/team/", "/numbers/team/?sort=-quality_score"):
        page = browser.get(address).content.decode()
        assert page.index(">Agent</a>") < page.index(">Colleague</a>") < page.index(">Contractor</a>")
        assert "too few to tell" in page and "nobody is ranked" in page


def test_sums_are_silent_below_five(cast: Cast) -> None:
    """Four agents of a team are nobody's business; the fifth makes it a sum."""
    world = cast.world
    agents = [
        Agent.objects.create(name=f"Five {n}", number=f"F{n}", team=world.north_two, started_on="2024-01-01")
        for n in range(4)
    ]
    for agent in agents:
        past(agent)
    browser = cast.client(cast.manager)
    assert "fewer than five agents" in browser.get("/numbers/sums/").content.decode()
    assert len(browser.get("/numbers/sums.csv").content.decode().strip().splitlines()) == 1
    past(cast.other_team_agent)
    page = browser.get("/numbers/sums/").content.decode()
    assert "fewer than five" not in page and "North Two" in page
    assert browser.get("/numbers/team/").status_code == 302


def test_sums_are_the_weighted_means_of_two_spans_of_four_weeks(cast: Cast) -> None:
    """Beside sums over every fact in plain Python; a span in which fewer than five had days says nothing."""
    today = timezone.now().date()
    for number in range(6):
        agent = Agent.objects.create(
            name=f"Six {number}", number=f"S{number}", team=cast.world.north_two, started_on="2024-01-01"
        )
        past(agent, count=60 if number < 5 else 20, level=60.0 + 5 * number)
        past(agent, "satisfaction", count=60 if number < 4 else 20, level=0.5)
    found = {each.measure: each for each in queries.team_sums(cast.manager.actor, timezone.now())}

    def brute(measure: str, first: int, last: int) -> float:
        facts = AgentDay.objects.filter(
            measure=measure, day__gte=today - timedelta(days=first), day__lt=today - timedelta(days=last)
        )
        return sum(each.value * each.weight for each in facts) / sum(each.weight for each in facts)

    quality, satisfaction = found["quality_score"], found["satisfaction"]
    assert (quality.agents, quality.team, quality.site) == (6, "North Two", cast.world.north.name)
    assert quality.mean == pytest.approx(brute("quality_score", 28, 0))
    assert quality.before == pytest.approx(brute("quality_score", 56, 28))
    assert satisfaction.mean == pytest.approx(brute("satisfaction", 28, 0))
    assert satisfaction.before is None


def test_the_best_four_weeks_are_found(cast: Cast) -> None:
    """A good stretch long ago stays one's best; ten days make one, nine do not."""
    today = timezone.now().date()
    high = [(today - timedelta(days=90 + n), 90.0, 1.0) for n in range(12)]
    low = [(today - timedelta(days=1 + n), 70.0, 1.0) for n in range(20)]
    best = best_weeks(by_day(low + high), "up")
    assert best is not None and (best.mean, best.days) == (90, 12)
    assert best_weeks(by_day(low + high), "down").mean == 70  # type: ignore[union-attr]
    assert best_weeks(by_day(low[:9]), "up") is None


def test_figures_of_one_day_count_by_their_weight() -> None:
    """Two evaluations of a day are one day."""
    today = timezone.now().date()
    (day,) = by_day([(today, 90.0, 1.0), (today, 60.0, 2.0)])
    assert (day.value, day.weight) == (pytest.approx(70), 3)


def test_an_export_of_figures_runs_no_formula(cast: Cast) -> None:
    """And is written down with the agent as the person it is about."""
    services.tell_days(
        facts=[Told(cast.agent.agent.pk, timezone.now().date() - timedelta(days=1), "conversion", 0.2, 1.0, "k")],  # type: ignore[union-attr]
        source="=1+1",
        by=SYSTEM,
        at=timezone.now(),
    )
    answer = cast.client(cast.supervisor).get(f"/numbers/agents/{cast.agent.agent.pk}/figures.csv")  # type: ignore[union-attr]
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in text and "conversion" in text


def test_the_api_says_what_the_page_says(cast: Cast) -> None:
    """The baseline, its range, the step and its chance."""
    past(cast.agent)
    (said,) = cast.client(cast.agent).get(f"/api/v1/agents/{cast.agent.agent.pk}/numbers").json()  # type: ignore[union-attr]
    found = queries.numbers_of(cast.agent.actor, cast.agent.agent, timezone.now()).of("quality_score")  # type: ignore[arg-type]
    assert found is not None and found.found is not None
    assert said["mean"] == found.found.mean and said["low"] < said["mean"] < said["high"]
    assert 0.1 < said["next_step_probability"] <= 0.34
