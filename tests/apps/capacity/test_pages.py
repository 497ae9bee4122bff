"""Required staff at its doors."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from floorwalker.apps.capacity import services
from floorwalker.apps.capacity.models import DayRisk, Requirement, StaffingOrder, StaffingPolicy
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.rules import Staffing
from floorwalker.apps.demand.models import Override, Queue
from floorwalker.apps.demand.services import ExpectationFields, set_expectation
from tests.factories import capacity as make
from tests.people import NOW

WEEK = {"week": make.MONDAY.isoformat()}


@pytest.fixture(autouse=True)
def nobody_rostered(monkeypatch):
    monkeypatch.setattr(RESOLVER, "counts", None)


@pytest.fixture
def page(cast):
    """A page as one of the cast sees it: text and status."""

    def get(name, *args, who="planner", status=200, headers=None, **query):
        address = reverse(f"capacity:{name}", args=args) + (f"?{urlencode(query)}" if query else "")
        answer = cast.client(getattr(cast, who)).get(address, headers=headers or {})
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer.content.decode()

    return get


def test_the_week_says_where_most_people_are_needed_and_opens_every_number(page, queue, computed):
    """Each number of the grid is a link to its reasons, which also works without JavaScript."""
    computed(queue)
    text = page("required", queue=queue.pk, **WEEK)
    assert "Mon 9 Mar, 10:00–10:30 needs most:" in text
    address = reverse("capacity:why", args=[queue.pk, "2026-03-09", 20])
    assert f'href="{address}"' in text and f'hx-get="{address}"' in text
    assert "80 % within 20 s" in text and "no roster is published" in text


def test_the_reasons_add_up_on_the_page(page, queue, computed):
    """As a page and as the part of one; closed intervals have no reasons."""
    computed(queue)
    row = Requirement.objects.get().required_days.get(day=make.MONDAY)
    text = page("why", queue.pk, "2026-03-09", 20)
    assert f"Why {row.scheduled[20]}?" in text and "<html" in text
    for word in (
        "Work",
        "Whole people",
        "Randomness",
        "Service target",
        "Callers who hang up",
        "Callers who abandon",
        "with 0 people at work",
        "Time off the phones",
    ):
        assert word in text
    part = page("why", queue.pk, "2026-03-09", 20, headers={"HX-Request": "true"})
    assert "<html" not in part and f"Why {row.scheduled[20]}?" in part
    page("why", queue.pk, "2026-03-09", 3, status=404)
    page("why", queue.pk, "2026-03-09", 99, status=404)
    page("why", queue.pk, "no-day", 20, status=404)


def test_missing_people_are_said_and_shown(page, queue, computed, monkeypatch):
    """With a published roster that is one short all morning."""
    computed(queue)
    need = Requirement.objects.get().required_days.get(day=make.MONDAY).scheduled

    def counts(_queue, first, days):
        return (
            [max(0, n - 1) if i < 24 else n for i, n in enumerate(need)] * days if first == make.MONDAY else None
        )

    monkeypatch.setattr(RESOLVER, "counts", counts)
    text = page("required", queue=queue.pk, **WEEK)
    assert "hours are short, most of all" in text and "<small>−1</small>" in text
    assert "Rostered" in text and "people missing" in text


def test_before_anything_is_computed_the_page_says_how_to_start(page, queue, cast):
    """With a forecast: compute; without: forecast first; without a queue: set one up."""
    assert "Compute required staff" in page("required", queue=queue.pk, **WEEK)
    assert "whoever plans this queue" in page("required", who="supervisor", queue=queue.pk, **WEEK)
    later = (make.MONDAY + timedelta(days=70)).isoformat()
    assert "There is no forecast for this week" in page("required", queue=queue.pk, week=later)


def test_without_a_queue_there_is_a_page_too(page):
    assert "There is no queue to staff yet" in page("required")
    assert "Nothing is computed for the next two weeks" in page("warnings")


def test_nonsense_in_the_address_shows_the_usual_week(page, queue):
    assert "Cards" in page("required", queue="x", week="nonsense")


@pytest.mark.parametrize("change", ["forecast", "policy", "goals"])
def test_old_numbers_say_that_they_are_old(page, cast, queue, computed, change):
    """And one click computes them again."""
    computed(queue)
    assert "These numbers are not the newest" not in page("required", queue=queue.pk, **WEEK)
    if change == "forecast":
        make.a_forecast(queue, times=1.1)
    elif change == "policy":
        services.decide_policy(
            queue_id=queue.pk, policy=Staffing(shrinkage=0.2), version=1, by=cast.planner.actor, at=NOW
        )
    else:
        queue.service_seconds = 30
        queue.save()
    text = page("required", queue=queue.pk, **WEEK)
    assert "These numbers are not the newest" in text and "Compute this week again" in text
    assert "Compute this week again" not in page("required", who="supervisor", queue=queue.pk, **WEEK)
    answer = cast.client(cast.planner).post(reverse("capacity:again"), {"queue": queue.pk, **WEEK})
    assert answer.status_code == 302 and StaffingOrder.objects.count() == 2


def test_a_handling_time_set_by_a_planner_is_staffed_without_a_new_forecast(
    page, cast, queue, computed, work, deliver
):
    """From noon on a contact takes longer: more people then, and *why* names the reason; taken back, as before."""
    computed(queue)
    deliver()
    work(inline=True)
    made = make_override(cast, queue, kind="handling", value="480", reason="new address check")
    assert made.status_code == 302
    deliver()
    work(inline=True)
    versions = set(Requirement.objects.values_list("forecast_version", flat=True))
    first, last = (find.required_days.get(day=make.MONDAY) for find in first_and_last(queue))
    assert last.aht_seconds[20:26] == [240.0] * 4 + [480.0] * 2 and len(versions) == 1
    assert last.scheduled[20] == first.scheduled[20] and last.scheduled[25] > first.scheduled[25]
    assert "new address check" in page("why", queue.pk, "2026-03-09", 25)
    assert "new address check" not in page("why", queue.pk, "2026-03-09", 20)
    assert "These numbers are not the newest" not in page("required", queue=queue.pk, **WEEK)
    shown = cast.client(cast.planner).get(reverse("demand:forecast", args=[queue.pk]), {"day": "2026-03-09"})
    assert "handling time set to 480 s" in shown.content.decode()
    cast.client(cast.planner).post(reverse("demand:undo_override", args=[Override.objects.get().pk]))
    assert "the handling time has changed since" in page("required", queue=queue.pk, **WEEK)
    deliver()
    work(inline=True)
    assert first_and_last(queue)[1].required_days.get(day=make.MONDAY).scheduled == first.scheduled


@pytest.mark.parametrize("value", ["0", "0.5", "90000"])
def test_a_handling_time_that_cannot_be_is_refused(cast, queue, value):
    answer = make_override(cast, queue, kind="handling", value=value, reason="x")
    assert answer.status_code == 422 and "from one second to a day" in answer.content.decode()
    body = {
        "start": "2026-03-09T12:00Z",
        "end": "2026-03-09T14:00Z",
        "kind": "handling",
        "value": value,
        "reason": "x",
    }
    told = cast.client(cast.planner).post(
        f"/api/v1/queues/{queue.pk}/overrides", body, content_type="application/json"
    )
    assert told.status_code == 400 and not Override.objects.exists()


def make_override(cast, queue, **more):
    stretch = {"first": "2026-03-09", "first_time": "12:00", "last_time": "14:00"}
    return cast.client(cast.planner).post(reverse("demand:override", args=[queue.pk]), stretch | more)


def first_and_last(queue):
    """The first and the last requirement of a queue."""
    made = Requirement.objects.filter(queue=queue).order_by("pk")
    return made.first(), made.last()


def test_one_asks_for_some_weeks_and_follows_the_work(page, cast, queue, work):
    """From the form to the page of the work to the week."""
    browser = cast.client(cast.planner)
    form = {"queues": [queue.pk], "first_day": make.MONDAY.isoformat(), "weeks": 1}
    answer = browser.post(reverse("capacity:order"), form)
    order = StaffingOrder.objects.get()
    assert answer["Location"] == reverse("capacity:order_progress", args=[order.pk])
    assert "Required staff" in page("order_progress", order.pk)
    work(inline=True)
    text = page("order_progress", order.pk)
    assert "It is done." in text and f"queue={queue.pk}&amp;week=2026-03-09" in text
    assert "Planner" in page("order")


def test_an_order_without_a_forecast_is_an_error_beside_the_field(cast, queue):
    bare = make.a_queue(cast.world, name="Bare")
    form = {"queues": [bare.pk], "first_day": make.MONDAY.isoformat(), "weeks": 1}
    answer = cast.client(cast.planner).post(reverse("capacity:order"), form)
    assert answer.status_code == 422 and "forecast first" in answer.content.decode()


def test_who_computes_without_a_handling_time_is_told_so_and_where_to_set_it(page, cast, work):
    """Of counts alone no staff follows: the button and the page say so, lead to the setting, then it computes."""
    bare = make.a_queue(cast.world, name="Counts alone")
    make.a_forecast(bare, aht=None)
    browser = cast.client(cast.planner)
    setting = reverse("demand:change_queue", args=[bare.pk])
    for who in ("planner", "supervisor"):
        text = page("required", who=who, queue=bare.pk, **WEEK)
        assert "Nobody has said how long a contact takes" in text
        assert (setting in text) is (who == "planner")
    form = {"queues": [bare.pk], "first_day": make.MONDAY.isoformat(), "weeks": 1}
    answer = browser.post(reverse("capacity:order"), form)
    assert answer.status_code == 422 and "how long a contact takes: Counts alone." in answer.content.decode()
    assert not StaffingOrder.objects.exists()
    Queue.objects.filter(pk=bare.pk).update(aht_seconds=240)
    assert "Compute required staff" in page("required", queue=bare.pk, **WEEK)
    browser.post(reverse("capacity:order"), form)
    work(inline=True)
    assert "needs most:" in page("required", queue=bare.pk, **WEEK)
    Queue.objects.filter(pk=bare.pk).update(aht_seconds=300)
    assert "the handling time has changed since" in page("required", queue=bare.pk, **WEEK)


def test_how_a_queue_is_staffed(page, cast, queue):
    """Percentages are typed as percentages; nonsense is an error on the page, an old version a refusal."""
    browser, address = cast.client(cast.planner), reverse("capacity:policy", args=[queue.pk])
    assert 'value="30"' in page("policy", queue.pk)
    values = {"shrinkage": "25", "absence": "4", "min_staff": "2", "over": "day", "version": "1"}
    assert browser.post(address, values).status_code == 302
    kept = StaffingPolicy.objects.get()
    assert (kept.shrinkage, kept.absence, kept.over, kept.confidence) == (0.25, 0.04, "day", None)
    assert browser.post(address, values).status_code == 409
    answer = browser.post(address, {**values, "version": "2", "shrinkage": "95"})
    assert answer.status_code == 422 and "shrinkage is 0 to below 90 %" in answer.content.decode()


def test_the_week_as_a_file(cast, queue, computed):
    """A row an interval, closed ones too, times with their offset."""
    computed(queue)
    address = reverse("capacity:week_csv", args=[queue.pk, "2026-03-09"])
    answer = cast.client(cast.supervisor).get(address)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 7 * 48 and rows[20]["start"] == "2026-03-09T10:00:00+00:00"
    row = Requirement.objects.get().required_days.get(day=make.MONDAY)
    assert int(rows[20]["scheduled"]) == row.scheduled[20] and rows[20]["end"] == rows[21]["start"]


def a_risk(queue, day, probability, **more):
    values = {
        "basis": "rostered", "riskiest": NOW, "short_hours": 3.5, "contacts": 800,
        "repair_start": NOW, "repair_end": NOW + timedelta(hours=2), "repair_kept": 4.2, "repair_in_time": 9,
        "made_at": NOW,
    }  # fmt: skip
    return DayRisk.objects.create(queue=queue, day=day, probability=probability, **{**values, **more})


@pytest.fixture
def today(monkeypatch):
    """The pages' today is that of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return NOW.date()


def test_the_worst_day_comes_first_with_why_and_the_cheapest_repair(page, queue, today):
    """From one chance in five on, or where callers meet nobody; not further than a fortnight."""
    a_risk(queue, today, 0.3)
    a_risk(queue, today + timedelta(days=1), 0.7)
    a_risk(queue, today + timedelta(days=2), 0.2)
    a_risk(queue, today + timedelta(days=3), 0.0, uncovered_contacts=12)
    a_risk(queue, today + timedelta(days=14), 0.9)
    text = page("warnings")
    assert text.index("Thu 5 Mar") < text.index("Wed 4 Mar") < text.index("Sat 7 Mar")
    assert "Fri 6 Mar" not in text and "Wed 18 Mar" not in text
    assert "Add one person 10:00–12:00: about 4.2 callers kept, 9.0 more in time." in text
    assert "About 12 callers are expected while nobody is at work." in text
    assert "3 days may miss their target" in text


def test_beside_a_risk_stands_what_its_client_allows_on_that_day(page, cast, queue, today):
    """What holds on the day itself; nothing where nothing is agreed; a supervisor sees no agreements."""
    a_risk(queue, today, 0.3)
    a_risk(queue, today + timedelta(days=7), 0.3)
    assert "Agreed with" not in page("warnings")
    for starts, callbacks in ((today, False), (today + timedelta(days=7), True)):
        levers = ("cross_skill", "overtime", "callback_offer")
        fields = ExpectationFields(starts, 0.8, 20, callback_allowed=callbacks, levers=levers)
        set_expectation(client=queue.client, fields=fields, by=cast.planner.actor, at=NOW)
    first, later = page("warnings").split("Agreed with Aurora for when it is tight: ")[1:]
    assert first.startswith("agents of other skills, overtime; no callbacks.")
    assert later.startswith("agents of other skills, overtime; callbacks may be offered.")
    assert "Agreed with" not in page("warnings", who="supervisor")


def test_a_calm_fortnight_says_so(page, queue, today):
    a_risk(queue, today, 0.05)
    assert "No day is at risk" in page("warnings")


def test_each_sees_the_queues_of_their_places(page, cast, queue, computed, today):
    """A supervisor those of the team's site; a client and an agent none at all; another site's answer 404."""
    southern = make.a_queue(cast.world, cast.world.south, "Southern")
    make.a_forecast(southern)
    computed(queue, southern)
    assert "Southern" in page("required") and "Southern" not in page("required", who="supervisor")
    assert "Southern" not in page("required", who="site_planner")
    page("why", southern.pk, "2026-03-09", 20, who="supervisor", status=404)
    page("week_csv", southern.pk, "2026-03-09", who="site_planner", status=404)
    page("policy", southern.pk, who="site_planner", status=404)
    page("order_progress", StaffingOrder.objects.latest("pk").pk, who="site_planner", status=404)
    assert "not among those you see" not in page("required", who="supervisor", queue=southern.pk)
    for who in ("agent", "client_viewer", "hr"):
        page("required", who=who, status=404)
        page("warnings", who=who, status=404)


@pytest.mark.usefixtures("asked_once")
def test_a_page_asks_as_often_for_thirty_queues_as_for_three(page, cast, computed, today):
    """The same questions to the database however many queues there are."""

    def asked(name, **query):
        page(name, **query)  # what is asked once in a process is asked now
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(name, **query)
        return len(found)

    queues = [make.a_queue(cast.world, name=f"Queue {n}") for n in range(3)]
    for queue in queues:
        make.a_forecast(queue, days=1)
    computed(*queues, days=1)
    for queue in queues:
        a_risk(queue, today, 0.9)
    names = ("required", "warnings", "order")
    few = [asked(name) for name in names]
    more = [make.a_queue(cast.world, name=f"Second {n}") for n in range(27)]
    for queue in more:
        make.a_forecast(queue, days=1)
        a_risk(queue, today, 0.9)
    assert [asked(name) for name in names] == few
