"""What talks and thanks changed: found where it was planted, silent where little is known, nobody by name."""

import random
from datetime import date, timedelta

import pytest

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Effect, Touch
from floorwalker.apps.coaching.rules.effects import people_needed, worth_of
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay
from tests.people import NOW, STARTED

END = date(2026, 3, 2)  # the Monday of the week of NOW
PEOPLE, WEEKS, HELPED = 40, 52, 6.0


def a_year(cast, *, people=PEOPLE, every=1):
    """A figure a week of everybody; the first half were thanked once, and were six points better from then on."""
    chance = random.Random(4)
    agents = Agent.objects.bulk_create(
        Agent(name=f"Person {n}", number=f"P{n:03}", team=cast.world.north_one, started_on=STARTED)
        for n in range(people)
    )
    facts, touches = [], []
    for n, agent in enumerate(agents):
        thanked = 12 + n % 24 if n % 2 else None
        own = chance.gauss(80, 4)
        for week in range(0, WEEKS, every):
            better = HELPED if thanked is not None and week > thanked else 0.0
            day = END - timedelta(weeks=WEEKS - week)
            value = min(own + better + chance.gauss(0, 3), 100.0)
            facts.append(
                AgentDay(
                    agent=agent,
                    day=day,
                    measure="quality_score",
                    value=value,
                    weight=1,
                    source="x",
                    key=f"{day}",
                    told_at=NOW,
                )
            )
        if thanked is not None:
            at = NOW - timedelta(weeks=WEEKS - thanked)
            touches.append(
                Touch(agent=agent, by=cast.supervisor.user, kind="thanks", tone="positive", at=at, once=f"t{n}")
            )
    AgentDay.objects.bulk_create(facts)
    Touch.objects.bulk_create(touches)


def test_a_planted_effect_is_found_with_its_power_first(cast, work):
    """By the button of the quality analyst's page and the job; the range holds what was planted."""
    a_year(cast)
    browser, north = cast.client(cast.manager), cast.world.north.pk
    effect = services.measure_effects(site_id=north, by=cast.quality_analyst.actor, at=NOW)
    work(inline=True)
    effect.refresh_from_db()
    (line,) = effect.lines
    assert (line["event"], line["measure"], line["weeks"]) == ("thanks", "quality_score", 1)
    assert line["detectable"] < line["worth"] == 3.0
    assert line["low"] < HELPED < line["high"]
    assert line["low"] > 0
    page = browser.get(f"/coaching/effects/?site={north}").content.decode()
    assert "Could show a change of" in page
    assert page.index("Could show a change of") < page.index("(likely ")
    assert ">better<" in page or "better</span>" in page
    assert "Person " not in page
    assert f"/coaching/effects/{effect.pk}/" in page


def test_thin_data_says_what_it_would_take(cast, work):
    """Eight people: nothing is claimed, on page and API; the first sentence says how many are needed."""
    a_year(cast, people=16)
    services.measure_effects(site_id=cast.world.north.pk, by=cast.manager.actor, at=NOW)
    work(inline=True)
    (line,) = Effect.objects.get().lines
    assert line["change"] is None
    page = cast.client(cast.supervisor).get("/coaching/effects/").content.decode()
    assert "Nothing can be said yet" in page
    assert "12 are needed" in page
    told = cast.client(cast.supervisor).get("/api/v1/effects").json()["items"][0]["lines"][0]
    assert (told["change"], told["low"], told["high"]) == (None, None, None)


def test_what_is_measured_twice_a_month_is_compared_in_longer_periods(cast, work):
    """A figure every other week fills no weeks, but fortnights."""
    a_year(cast, every=2)
    services.measure_effects(site_id=cast.world.north.pk, by=cast.manager.actor, at=NOW)
    work(inline=True)
    assert Effect.objects.get().lines[0]["weeks"] == 2


def test_every_place_is_measured_weekly_and_only_where_there_is_something(cast, work):
    """North has figures, South none; the whole house is measured, too, and nothing twice at once."""
    a_year(cast, people=6)
    assert services.measure_all_effects(NOW) == 2
    assert set(Effect.objects.values_list("site", flat=True)) == {cast.world.north.pk, None}
    with pytest.raises(services.BeingMeasured):
        services.measure_effects(site_id=None, by=cast.manager.actor, at=NOW)
    work(inline=True)
    assert services.measure_all_effects(NOW + timedelta(days=7)) == 2
    assert Effect.objects.count() == 4


def test_nothing_to_compare_is_said(cast):
    """Without figures the button answers in a sentence, and the page says what will stand there."""
    browser = cast.client(cast.manager)
    assert "Nothing was measured here yet" in browser.get("/coaching/effects/").content.decode()
    answer = browser.post("/coaching/effects/measure/", {"site": cast.world.north.pk}, follow=True)
    assert "there is nothing to compare yet" in answer.content.decode()


def test_who_sees_and_orders_it(cast):
    """A supervisor sees the sums of their site and orders none; agents find no such page, nor another site's."""
    effect = Effect.objects.create(
        site=cast.world.south, first_day=END - timedelta(weeks=52), last_day=END, ordered_at=NOW, ordered_by="x"
    )
    lead = cast.client(cast.supervisor)
    assert "Measure now" not in lead.get("/coaching/effects/").content.decode()
    assert lead.post("/coaching/effects/measure/").status_code in (403, 404)
    assert lead.get(f"/coaching/effects/{effect.pk}/").status_code == 404
    assert cast.client(cast.agent).get("/coaching/effects/").status_code == 404
    assert not queries.visible_effects(cast.agent.actor).exists()


def test_how_many_people_it_would_take():
    """A range half as wide takes four times the people; a dozen at least. Worth by the measure's own scale."""
    assert people_needed(20, 6.0, 3.0) == 80
    assert people_needed(3, None, 3.0) == 12
    assert worth_of("quality_score", 81.0) == 3.0
    assert worth_of("handling_seconds", 300.0) == 15.0
