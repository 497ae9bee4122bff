"""Orders, what is kept of them, and how queues are staffed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.models import DayRisk, RequiredDay, Requirement, StaffingOrder, StaffingPolicy
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.rules import Staffing
from floorwalker.apps.demand.events import ForecastChanged
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import PriceDay
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.jobs import Fence, LateTwin
from floorwalker.kernel.models import AnnouncedEvent, Entry, Job
from tests.factories import capacity as make
from tests.people import NOW


@pytest.fixture
def rostered(monkeypatch):
    """Say how many people are rostered in each interval of a day."""

    def say(counts):
        monkeypatch.setattr(RESOLVER, "counts", counts)

    say(None)
    return say


def test_an_order_keeps_requirements_risks_and_prices_and_says_so(cast, queue, computed):
    """Seven days each, five of them with somebody needed; done, audited, announced."""
    order = computed(queue)
    assert (order.left_out, order.done_at is not None) == ([], True)
    days = RequiredDay.objects.order_by("day")
    assert [sum(day.scheduled) > 0 for day in days] == [True] * 5 + [False] * 2
    assert DayRisk.objects.filter(queue=queue).count() == PriceDay.objects.filter(group=queue.pk).count() == 7
    assert Entry.objects.filter(verb="capacity.staff").exists()
    assert AnnouncedEvent.objects.filter(name="capacity.RequirementMade").count() == 1


def test_a_second_order_follows_the_first_and_changes_nothing_of_it(cast, queue, computed):
    """Requirements are versions; risks and prices are as of now."""
    computed(queue)
    first = list(RequiredDay.objects.order_by("pk").values())
    make.a_forecast(queue, times=1.5)
    computed(queue, at=NOW + timedelta(hours=1))
    assert Requirement.objects.count() == 2 and DayRisk.objects.count() == 7
    assert list(RequiredDay.objects.order_by("pk").values())[:7] == first
    newest = queries.newest_days(cast.planner.actor, [queue.pk], make.MONDAY, make.MONDAY)[0]
    assert sum(newest.scheduled) > sum(first[0]["scheduled"])


def test_the_numbers_are_of_the_forecast_that_was_computed_with(cast, queue, work):
    """A version that comes into use while the job runs is not the one named with the result."""
    old = make.a_forecast(queue)
    order = services.order(queues=[queue.pk], first_day=make.MONDAY, days=7, by=cast.planner.actor, at=NOW)
    plain = queries.inputs_of(order.pk)
    make.a_forecast(queue, times=2)
    assert plain["queues"][0]["of"]["version"] == old.pk


def test_nothing_is_ordered_without_a_forecast(cast, queue):
    bare = make.a_queue(cast.world, name="Bare")
    with pytest.raises(services.NothingToStaff):
        services.order(queues=[bare.pk], first_day=make.MONDAY, days=7, by=cast.planner.actor, at=NOW)
    far = make.MONDAY + timedelta(days=70)
    with pytest.raises(services.NothingToStaff):
        services.order(queues=[queue.pk], first_day=far, days=7, by=cast.planner.actor, at=NOW)
    assert not StaffingOrder.objects.exists() and not Job.objects.exists()


def test_thirty_queues_are_ordered_with_as_many_queries_as_three(cast):
    """In the order asked for, each once; one that is nobody's to see refuses all."""
    queues = [make.a_queue(cast.world, name=f"Queue {number}") for number in range(30)]
    for queue in queues:
        make.a_forecast(queue)
    asked = {"first_day": make.MONDAY, "days": 7, "by": cast.planner.actor, "at": NOW}
    counts = []
    for some in (queues[:3], queues):
        with CaptureQueriesContext(connection) as made:
            order = services.order(queues=[*(queue.pk for queue in some), some[0].pk], **asked)
        counts.append(len(made))
        assert order.queues.count() == len(some)
    assert counts[0] == counts[1]
    for strange in (10**9, 10**30):
        with pytest.raises(NotFound):
            services.order(queues=[queues[0].pk, strange], **asked)


def test_queues_without_a_forecast_are_left_out_by_name(cast, queue, computed):
    bare = make.a_queue(cast.world, name="Bare")
    assert computed(queue, bare).left_out == [[bare.pk, "Bare", "It has no forecast for these days."]]


def test_a_queue_left_out_is_named_only_to_those_who_see_it(cast, queue, computed):
    """A northern order that left a southern queue out does not tell the northern planner its name."""
    far = make.a_queue(cast.world, cast.world.south, name="zq-far-queue")
    made = computed(queue, far)
    pages = {
        who: "".join(
            cast.client(getattr(cast, who)).get(address).content.decode()
            for address in (
                reverse("capacity:order_progress", args=[made.pk]),
                f"/api/v1/staffing-orders/{made.pk}",
            )
        )
        for who in ("planner", "site_planner")
    }
    assert pages["planner"].count("zq-far-queue") == 2
    assert "Cards" in pages["site_planner"] and "zq-far-queue" not in pages["site_planner"]


def test_a_queue_without_a_handling_time_says_why_and_the_other_is_kept(cast, queue, computed):
    """Nothing is tried that cannot succeed."""
    bare = make.a_queue(cast.world, name="No time")
    make.a_forecast(bare, aht=None)
    left = computed(bare, queue).left_out
    assert left[0][:2] == [bare.pk, "No time"] and "handling time" in left[0][2]
    assert Requirement.objects.get().queue == queue


def test_stopped_the_queues_left_say_so(cast, queue, work):
    """The result of a stopped work holds fewer queues than were ordered."""
    second = make.a_queue(cast.world, name="Loans")
    make.a_forecast(second)
    order = services.order(
        queues=[queue.pk, second.pk], first_day=make.MONDAY, days=7, by=cast.planner.actor, at=NOW
    )
    job = Job.objects.get()
    Job.objects.update(state=Job.State.RUNNING, fence=3)
    services.keep(order_id=order.pk, result={"queues": []}, fence=Fence(job.pk, 3), by=SYSTEM, at=NOW)
    order.refresh_from_db()
    assert [name for _pk, name, _why in order.left_out] == ["Cards", "Loans"]


def test_a_late_twin_keeps_nothing(cast, queue):
    order = services.order(queues=[queue.pk], first_day=make.MONDAY, days=7, by=cast.planner.actor, at=NOW)
    job = Job.objects.get()
    Job.objects.update(state=Job.State.RUNNING, fence=4)
    with pytest.raises(LateTwin):
        services.keep(order_id=order.pk, result={"queues": []}, fence=Fence(job.pk, 3), by=SYSTEM, at=NOW)
    assert StaffingOrder.objects.get().done_at is None


@pytest.mark.parametrize("days", [0, 71])
def test_an_order_has_its_bounds(cast, queue, days):
    with pytest.raises(services.TooManyDays):
        services.order(queues=[queue.pk], first_day=make.MONDAY, days=days, by=cast.planner.actor, at=NOW)


@pytest.mark.parametrize("who", ["supervisor", "agent", "client_viewer", "manager"])
def test_only_planners_order_and_decide(cast, queue, who):
    by = getattr(cast, who).actor
    with pytest.raises(NotFound):
        services.order(queues=[queue.pk], first_day=make.MONDAY, days=7, by=by, at=NOW)
    with pytest.raises(NotFound):
        services.decide_policy(queue_id=queue.pk, policy=Staffing(), version=1, by=by, at=NOW)


def test_a_planner_of_one_site_reaches_no_queue_of_another(cast, queue):
    southern = make.a_queue(cast.world, cast.world.south, "South")
    make.a_forecast(southern)
    by = cast.site_planner.actor
    with pytest.raises(NotFound):
        services.order(queues=[queue.pk, southern.pk], first_day=make.MONDAY, days=7, by=by, at=NOW)
    with pytest.raises(NotFound):
        services.decide_policy(queue_id=southern.pk, policy=Staffing(), version=1, by=by, at=NOW)


def test_a_new_forecast_is_staffed_without_anybody_asking(cast, queue, deliver, work):
    """The forecast of the fixture announced itself; so does a change of it."""
    deliver()
    work(inline=True)
    assert Requirement.objects.get().made_by == "Floorwalker"
    changed = ForecastChanged(queue.pk, make.MONDAY.isoformat(), make.MONDAY.isoformat())
    services.follow_change(changed, NOW)
    assert StaffingOrder.objects.latest("pk").days == 1


def test_a_published_roster_is_judged_without_a_new_requirement(cast, queue, computed, work, rostered):
    """Nobody rostered at all: every open day now misses for sure, and the requirement is as it was."""
    computed(queue)
    rostered(lambda _queue, first, days: [0] * 48 * days)
    services.order_for_roster(site_id=cast.world.north.pk, first_day=make.MONDAY, at=NOW)
    work(inline=True)
    monday = DayRisk.objects.get(queue=queue, day=make.MONDAY)
    assert (monday.basis, monday.probability) == ("rostered", 1.0)
    assert monday.uncovered_contacts == pytest.approx(sum(make.BUSY))
    assert Requirement.objects.count() == 1


def test_a_site_without_queues_or_forecasts_orders_nothing(cast):
    south = cast.world.south
    assert services.order_for_roster(site_id=south.pk, first_day=make.MONDAY, at=NOW) is None
    bare = make.a_queue(cast.world, south, "Bare")
    assert services.order_for_roster(site_id=south.pk, first_day=make.MONDAY, at=NOW) is None
    assert services.order_for_forecast(queue_id=bare.pk, first_day=make.MONDAY, days=7, at=NOW) is None


def test_a_policy_has_versions_and_its_changes_are_on_record(cast, queue):
    """Who saw an older version is told so."""
    by = cast.planner.actor
    kept = services.decide_policy(queue_id=queue.pk, policy=Staffing(shrinkage=0.25), version=1, by=by, at=NOW)
    assert kept.version == 2
    with pytest.raises(Stale):
        services.decide_policy(queue_id=queue.pk, policy=Staffing(), version=1, by=by, at=NOW)
    assert Entry.objects.get(verb="capacity.decide_policy").facts == {"shrinkage": [0.3, 0.25]}


def test_settings_that_do_not_go_together_are_refused_in_words(cast, queue):
    queue.patience_seconds = None
    queue.save()
    policy = Staffing(max_abandon=0.05)
    with pytest.raises(services.BadPolicy, match="patience"):
        services.decide_policy(queue_id=queue.pk, policy=policy, version=1, by=cast.planner.actor, at=NOW)
    assert StaffingPolicy.objects.filter(queue=queue, max_abandon=0.05).count() == 0


def test_what_other_rooms_are_told(cast, queue, computed):
    """By queue and day, with the goal in words; nothing to who may not see."""
    computed(queue)
    found = queries.required(cast.world.north.pk, make.MONDAY, cast.supervisor.actor)
    assert len(found) == 7
    assert (found[0].queue_id, found[0].date, found[0].step_seconds) == (queue.pk, make.MONDAY, 1800)
    assert found[0].goal == "80 % within 20 s" and len(found[0].scheduled) == 48
    assert queries.required(cast.world.north.pk, make.MONDAY, cast.agent.actor) == []
    assert queries.required(cast.world.south.pk, make.MONDAY, cast.planner.actor) == []


@pytest.mark.parametrize(
    ("day", "intervals"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)], ids=["23 hours", "25 hours"]
)
def test_days_on_which_clocks_change_are_kept_whole(cast, computed, day, intervals):
    queue = make.a_queue(cast.world, hours=None)
    make.a_forecast(queue, day, 1)
    computed(queue, first_day=day, days=1)
    assert len(RequiredDay.objects.get().scheduled) == intervals


def test_a_requirement_says_when_the_time_planned_off_the_phones_is_another(cast, queue, computed):
    """S33: the planner sets a budget; what was computed before says so, what is computed after holds it."""
    computed(queue)
    path = f"/staff/?queue={queue.pk}&week={make.MONDAY.isoformat()}"
    said = "the time planned off the phones has changed since"
    assert said not in cast.client(cast.planner).get(path).content.decode()
    offphone.set_budget(
        site_id=queue.site_id, minutes=120, first_weeks=0, first_minutes=0, by=cast.planner.actor, at=NOW
    )
    assert said in cast.client(cast.planner).get(path).content.decode()
    before = sum(queries.newest_days(SYSTEM, [queue.pk], make.MONDAY, make.MONDAY)[0].scheduled)
    computed(queue, at=NOW + timedelta(hours=1))
    row = queries.newest_days(SYSTEM, [queue.pk], make.MONDAY, make.MONDAY)[0]
    assert sum(row.scheduled) > before
    assert said not in cast.client(cast.planner).get(path).content.decode()
    interval = next(iter(row.reasons))
    page = cast.client(cast.planner).get(f"/staff/{queue.pk}/{make.MONDAY.isoformat()}/{interval}/")
    assert "Planned off the phones, on top" in page.content.decode()
