"""Weeks put to the test: simulated with the roster and with what is required, shown, and aging."""

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.models import DayAudit, RequiredDay, StaffingOrder
from floorwalker.apps.capacity.queries.audits import Verdict, week_audit
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.work import audits as work_of_audits
from floorwalker.apps.capacity.work import pricing as work_of_prices
from floorwalker.apps.demand import services as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone.models import PriceDay
from floorwalker.apps.people.models import Skill
from floorwalker.kernel.models import Entry, Job
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid
from tests.factories import capacity as make
from tests.people import NOW

WEEK = f"?week={make.MONDAY.isoformat()}"


@pytest.fixture(autouse=True)
def few_replications(monkeypatch):
    """Enough to see what is done with them."""
    monkeypatch.setattr(work_of_audits, "REPLICATIONS", 10)
    monkeypatch.setattr(work_of_prices, "REPLICATIONS", 4)


@pytest.fixture
def roster(monkeypatch):
    """Say how many people work from eight to six, Monday to Friday."""

    def publish(people):
        def stretches(_queue, first, days):
            grid = TimeGrid(first, days, 1800, "Europe/Lisbon")
            weekdays = [d for d, day in enumerate(grid.dates) if day.weekday() < 5]
            ends = [(grid.instant(d, 8 * 60), grid.instant(d, 18 * 60)) for d in weekdays]
            noon = [(grid.instant(d, 720), grid.instant(d, 750)) for d in weekdays]
            return [Stretch(*end, *meal, people) for end, meal in zip(ends, noon, strict=True)]

        def counts(queue, first, days):
            return people_at_work(TimeGrid(first, days, 1800, "Europe/Lisbon"), stretches(queue, first, days))

        monkeypatch.setattr(RESOLVER, "counts", counts if people else None)
        monkeypatch.setattr(RESOLVER, "stretches", stretches if people else None)

    publish(None)
    return publish


@pytest.fixture
def lisbon(cast):
    queue = make.a_queue(cast.world, zone="Europe/Lisbon")
    make.a_forecast(queue)
    return queue


def page_of(cast, queue):
    return cast.client(cast.planner).get(f"/staff/{WEEK}&queue={queue.pk}").content.decode()


def test_a_published_roster_is_simulated_behind_its_days_at_risk(cast, lisbon, computed, roster):
    """Both bases for each open day, the band round the mean, and prices that say they were simulated."""
    roster(14)
    computed(lisbon)
    assert list(StaffingOrder.objects.order_by("pk").values_list("purpose", flat=True)) == ["requirement", "audit"]
    rows = DayAudit.objects.filter(queue=lisbon)
    assert sorted(rows.values_list("basis", flat=True)) == ["required"] * 5 + ["rostered"] * 5
    for row in rows:
        assert row.day_low <= row.day_achieved <= row.day_high
        assert sum(value is not None for value in row.achieved) == 20
    prices = PriceDay.objects.filter(group=lisbon.pk)
    assert set(prices.values_list("source", flat=True)) == {"simulation"}
    busy = max(row[0] for price in prices for row in price.callers)
    assert busy > 0
    for price in prices:
        for low, callers, high in zip(price.low, price.callers, price.high, strict=True):
            assert all(a <= b <= c for a, b, c in zip(low, callers, high, strict=True))
            assert callers == sorted(callers)


def test_without_a_roster_nothing_is_simulated_until_it_is_asked_for(cast, lisbon, computed, work, roster):
    """The page offers it; one click simulates what is required, with progress like any job."""
    computed(lisbon)
    assert not DayAudit.objects.exists()
    assert "Simulate this week" in page_of(cast, lisbon)
    client = cast.client(cast.planner)
    answer = client.post("/staff/compute/simulate/", {"queue": lisbon.pk, "week": make.MONDAY.isoformat()})
    assert answer.status_code == 302
    assert "As simulated" in client.get(answer.url).content.decode()
    work(inline=True)
    assert set(DayAudit.objects.values_list("basis", flat=True)) == {"required"}
    assert set(PriceDay.objects.values_list("source", flat=True)) == {"formula"}
    text = page_of(cast, lisbon)
    assert "with the agents required on the phones" in text
    assert "Simulate again" in text


def test_the_page_of_the_week_and_why_set_it_beside_the_claim(cast, lisbon, computed, roster):
    """Each day claimed and simulated with its verdict; the same line below every why."""
    roster(14)
    computed(lisbon)
    text = page_of(cast, lisbon)
    assert "with the published roster" in text
    row = DayAudit.objects.get(day=make.MONDAY, basis="rostered")
    verdict = Verdict(row.day_claimed, row.day_achieved, row.day_low, row.day_high)
    assert verdict.claimed_words in text
    assert verdict.achieved_words in text
    assert verdict.word in text
    url = f"/staff/{lisbon.pk}/{make.MONDAY.isoformat()}/20/"
    why = cast.client(cast.planner).get(url).content.decode()
    assert "As simulated" in why
    assert "The published roster, simulated" in why


def test_a_changed_roster_makes_the_simulation_older(cast, lisbon, computed, roster):
    """Another person on Monday: the page says that the roster has changed since."""
    roster(14)
    computed(lisbon)
    assert "the roster has changed since" not in page_of(cast, lisbon)
    roster(15)
    assert "This simulation is not the newest: the roster has changed since." in page_of(cast, lisbon)
    why = cast.client(cast.planner).get(f"/staff/{lisbon.pk}/{make.MONDAY.isoformat()}/20/").content.decode()
    assert "As simulated" in why and "The published roster, simulated" not in why


def test_a_planners_change_makes_the_simulation_older_until_it_is_simulated_again(
    cast, lisbon, computed, roster, monkeypatch
):
    """Under the same version of the forecast; somebody stopped the simulation that followed."""
    roster(14)
    computed(lisbon)
    monkeypatch.setattr("floorwalker.apps.capacity.services.orders._put_to_the_test", lambda *_: None)
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    change = {"kind": "factor", "value": 1.5, "reason": "A letter went out", "by": cast.planner.actor, "at": NOW}
    demand.override(queue=lisbon, start=noon, end=noon + timedelta(hours=1), **change)
    computed(lisbon, at=NOW + timedelta(hours=1))
    assert "the forecast has changed since" in page_of(cast, lisbon).partition('id="simulated"')[2]


def test_callers_who_abandon_are_told_with_their_band(cast, lisbon, computed, roster):
    """As every other number of a simulation."""
    roster(10)
    computed(lisbon)
    row = DayAudit.objects.get(day=make.MONDAY, basis="rostered")
    assert row.abandoned_low < row.abandoned < row.abandoned_high
    assert row.abandoned >= 10
    assert f"{row.abandoned:,.0f} ({row.abandoned_low:,.0f} to {row.abandoned_high:,.0f})" in page_of(cast, lisbon)


def test_a_new_forecast_is_simulated_again_and_replaces_what_was_known(cast, lisbon, computed, roster):
    """One row a day and basis, as of the newest."""
    roster(14)
    computed(lisbon)
    before = DayAudit.objects.get(day=make.MONDAY, basis="rostered")
    make.a_forecast(lisbon, times=1.3)
    computed(lisbon, at=NOW + timedelta(hours=1))
    after = DayAudit.objects.get(day=make.MONDAY, basis="rostered")
    assert after.forecast_version != before.forecast_version
    assert after.day_achieved < before.day_achieved


def test_the_roster_page_shows_the_queues_of_its_site(cast, lisbon, computed, roster):
    """For who sees required staff; a queue without a roster is not on it."""
    roster(14)
    computed(lisbon)
    lines = queries.site_audits(cast.planner.actor, lisbon.site_id, make.MONDAY)
    assert [line.queue for line in lines] == [lisbon]
    assert not lines[0].audit.stale
    assert queries.site_audits(cast.agent.actor, lisbon.site_id, make.MONDAY) == []


def test_what_is_not_computed_cannot_be_simulated(cast, lisbon, roster):
    """An order for days without required staff is refused with what to do first."""
    with pytest.raises(services.NothingToAudit, match="compute it first"):
        services.order(
            queues=[lisbon.pk], first_day=make.MONDAY, days=7, by=cast.planner.actor, at=NOW, purpose="audit"
        )
    assert not Job.objects.exists()


def test_programs_read_days_as_simulated(cast, lisbon, computed, roster):
    """A page of rows by day with claimed and achieved."""
    roster(14)
    computed(lisbon)
    answer = cast.client(cast.planner).get(f"/api/v1/day-audits?queue_id={lisbon.pk}").json()
    assert len(answer["items"]) == 10
    assert {each["basis"] for each in answer["items"]} == {"required", "rostered"}


def test_without_patience_a_roster_is_audited_and_not_priced(cast, computed, roster):
    """Nobody hangs up in a model without patience: no price, but service all the same."""
    queue = make.a_queue(cast.world, zone="Europe/Lisbon", patience_seconds=None)
    make.a_forecast(queue)
    roster(20)
    computed(queue)
    assert DayAudit.objects.filter(queue=queue, basis="rostered").count() == 5
    assert not PriceDay.objects.exists()
    assert RequiredDay.objects.exists()


def test_the_band_of_the_week_is_narrower_than_those_of_its_days(cast, lisbon):
    """Five days of 80 % ± 2 make a week of 80 % ± 2 / √5, and callers who abandon alike."""
    for number in range(5):
        DayAudit.objects.create(
            queue=lisbon,
            day=make.MONDAY + timedelta(days=number),
            basis=DayAudit.Basis.REQUIRED,
            forecast_version=1,
            people=[2],
            **{name: [0.8] for name in ("contacts", "claimed", "achieved", "low", "high")},
            day_contacts=100,
            day_claimed=0.8,
            day_achieved=0.8,
            day_low=0.78,
            day_high=0.82,
            abandoned_claimed=3,
            abandoned=3,
            abandoned_low=2,
            abandoned_high=4,
            replications=200,
            made_at=NOW,
        )
    week = week_audit(cast.planner.actor, lisbon, make.MONDAY, [], {})
    assert week.total.achieved_words == "80.0 % (79.1–80.9)"
    assert (week.abandoned_low, week.abandoned, week.abandoned_high) == pytest.approx(
        (15 - 5**0.5, 15, 15 + 5**0.5)
    )


def test_what_a_contact_is_worth_is_decided_with_the_queue_and_said_in_money(cast, lisbon, computed, roster):
    """Typed by the planner, in the audit and the API; days, week, why and prices say money from then on."""
    roster(14)
    computed(lisbon)
    assert "EUR" not in page_of(cast, lisbon)
    client, url = cast.client(cast.planner), f"/staff/{lisbon.pk}/policy/"
    assert "Cost of a contact lost, EUR" in client.get(url).content.decode()
    settings = {"shrinkage": 30, "absence": 0, "min_staff": 1, "over": "interval", "version": 1}
    assert client.post(url, {**settings, "cost_lost": -1}).status_code == 422
    assert client.post(url, {**settings, "cost_lost": 12, "value_in_time": 4}).status_code == 302
    assert Entry.objects.get(verb="capacity.decide_policy").facts["cost_lost"] == [None, 12.0]
    policy = client.get(f"/api/v1/queues/{lisbon.pk}/staffing-policy").json()
    assert (policy["value_in_time"], policy["cost_lost"]) == (4, 12)
    assert "how the queue is staffed has changed since" in page_of(cast, lisbon)
    computed(lisbon, at=NOW + timedelta(hours=1))
    row = DayAudit.objects.get(day=make.MONDAY, basis="rostered")
    assert row.worth_low < row.worth < row.worth_high
    assert "Worth" in page_of(cast, lisbon)
    assert "EUR (" in page_of(cast, lisbon)
    assert "That is worth" in client.get(f"/staff/{lisbon.pk}/{make.MONDAY.isoformat()}/20/").content.decode()
    price = PriceDay.objects.filter(group=lisbon.pk, source="simulation").first()
    assert price.currency == "EUR"
    assert len(price.money) == len(price.callers)


def test_who_has_the_skill_of_a_queue_that_may_be_helped_is_simulated_with_it(
    cast, lisbon, computed, roster, monkeypatch
):
    """Both belong together once it is ticked and somebody has the skill; until then each stands alone."""
    other = make.a_queue(cast.world, name="Spare", zone="Europe/Lisbon")
    make.a_forecast(other, times=0.2)
    roster(10)
    skill = Skill.objects.create(name="Cards in a hurry")
    Queue.objects.filter(pk=lisbon.pk).update(skill=skill)
    held = {lisbon.pk: frozenset(), other.pk: frozenset({skill.pk})}
    asked = []

    def by_skill(queue, *days):
        asked.append((queue, *days))
        return [(each, held[queue]) for each in RESOLVER.stretches(queue, *days)]

    monkeypatch.setattr(RESOLVER, "skilled", by_skill)
    computed(lisbon, other)
    audit = StaffingOrder.objects.get(purpose="audit")
    assert [each["weeks"][0]["beside"] for each in queries.inputs_of(audit.pk)["queues"]] == [None, None]
    alone = DayAudit.objects.get(queue=lisbon, day=make.MONDAY, basis="rostered")
    client, url = cast.client(cast.planner), f"/staff/{lisbon.pk}/policy/"
    settings = {"shrinkage": 30, "absence": 0, "min_staff": 1, "over": "interval", "version": 1, "overflow": "on"}
    assert client.post(url, settings).status_code == 302
    computed(lisbon, other, at=NOW + timedelta(hours=1))
    asked.clear()
    together = [each["weeks"][0]["beside"] for each in queries.inputs_of(audit.pk)["queues"]]
    assert [each["queues"][0]["id"] for each in together] == [other.pk, lisbon.pk]
    assert len(asked) == len(set(asked)), "the people of a queue are read once a week"
    helped = DayAudit.objects.get(queue=lisbon, day=make.MONDAY, basis="rostered")
    assert helped.day_claimed == alone.day_claimed
    assert helped.abandoned_high < alone.abandoned_low
