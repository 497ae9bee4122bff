"""Forecasts: made by a job, seen, argued with, changed with a reason, and never rewritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.models import ForecastVersion, Override, Vouched
from floorwalker.kernel.errors import NotFound, Refused
from tests.apps.demand.conftest import Queues
from tests.factories.demand import a_past, a_queue, a_version
from tests.people import NOW, Cast

MONDAY = date(2026, 3, 9)


def page(cast: Cast, person, address: str) -> str:
    answer = cast.client(person).get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def test_a_job_makes_a_version_of_each_queue(cast: Cast, queues: Queues, work, deliver) -> None:
    """The planner asks on a page; the child chooses a method; both tables, words and band stand on the page."""
    a_past(queues.aurora, date(2025, 12, 1), 90)
    answer = cast.client(cast.planner).post("/demand/forecasts/new/", {"queues": [queues.aurora.pk], "days": 14})
    assert answer.status_code == 302, answer.content.decode()
    work()
    version = ForecastVersion.objects.get(queue=queues.aurora)
    assert version.number == 1 and version.days == 14 and version.origin == date(2026, 2, 28)
    assert version.scores["methods"] and version.words
    text = page(cast, cast.planner, f"/demand/queues/{queues.aurora.pk}/forecast/?view=week&day=2026-03-02")
    for said in (
        "Every method tried on the past",
        "Error of the day",
        "The week in words",
        "Use it anyway" and "set aside",
    ):
        assert said in text
    assert "made and in use" in page(cast, cast.planner, answer.url)
    listed = cast.client(cast.planner).get(f"/demand/queues/{queues.aurora.pk}/forecast.csv").content.decode()
    assert len(listed.splitlines()) == 1 + 14 * 48


def test_a_queue_without_history_is_refused(cast: Cast, queues: Queues) -> None:
    """The sentence says what to do."""
    answer = cast.client(cast.planner).post("/demand/forecasts/new/", {"queues": [queues.aurora.pk], "days": 14})
    assert answer.status_code == 422 and "no history yet" in answer.content.decode()


def test_what_was_forecast_never_changes(cast: Cast, queues: Queues) -> None:
    """The database itself refuses to change or remove a version or a day of it."""
    version = a_version(queues.aurora, MONDAY, 7)
    for table in ("demand_forecastversion", "demand_forecastday"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="never changes"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert ForecastVersion.objects.filter(pk=version.pk).exists()


def test_a_planner_changes_and_takes_back(cast: Cast, queues: Queues) -> None:
    """A factor and a number are laid over the forecast in order with a reason; taken back, it is as made."""
    a_version(queues.aurora, MONDAY, 7)
    address = f"/demand/queues/{queues.aurora.pk}"
    before = queries.expected_days([queues.aurora], MONDAY, MONDAY)[queues.aurora.pk].days[0]
    form = {"first": "2026-03-09", "kind": "factor", "value": "1.5", "reason": "mailing goes out"}
    assert cast.client(cast.planner).post(f"{address}/override/", form).status_code == 302
    form = {
        "first": "2026-03-09",
        "first_time": "10:00",
        "last_time": "12:00",
        "kind": "number",
        "value": "40",
        "reason": "call-backs",
    }
    assert cast.client(cast.planner).post(f"{address}/override/", form).status_code == 302
    after = queries.expected_days([queues.aurora], MONDAY, MONDAY)[queues.aurora.pk].days[0]
    assert sum(after.mean[20:24]) == pytest.approx(40)
    assert after.mean[30] == pytest.approx(1.5 * before.mean[30]) and after.base == before.mean
    text = page(cast, cast.planner, f"{address}/forecast/?view=day&day=2026-03-09")
    assert "mailing goes out" in text and "Before the planner" in text
    for layer in Override.objects.all():
        assert cast.client(cast.planner).post(f"/demand/overrides/{layer.pk}/undo/").status_code == 302
    assert queries.expected_days([queues.aurora], MONDAY, MONDAY)[queues.aurora.pk].days[0].mean == before.mean


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "required"),
        ({"value": "-1"}, "greater than or equal"),
        ({"value": "90"}, "no correction"),
        ({"first": "2027-01-01"}, "no forecast from"),
        ({"last": "2026-03-01"}, "ends before"),
    ],
)
def test_a_change_that_cannot_be_is_refused(cast: Cast, queues: Queues, change: dict[str, str], said: str) -> None:
    """Without a reason, out of the horizon, or nonsense: the page says what is wrong."""
    a_version(queues.aurora, MONDAY, 7)
    form = {"first": "2026-03-09", "kind": "factor", "value": "1.5", "reason": "x"} | change
    answer = cast.client(cast.planner).post(f"/demand/queues/{queues.aurora.pk}/override/", form)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_only_planners_change_and_only_their_queues(cast: Cast, queues: Queues) -> None:
    """A supervisor and a client read; a site's planner reaches the site's queues only."""
    version = a_version(queues.aurora, MONDAY, 7)
    a_version(queues.borealis, MONDAY, 7)
    start = datetime(2026, 3, 9, 10, tzinfo=UTC)
    given = {
        "start": start,
        "end": start + timedelta(hours=1),
        "kind": "factor",
        "value": 2.0,
        "reason": "x",
        "at": NOW,
    }
    for person in (cast.supervisor, cast.client_viewer, cast.manager, cast.agent):
        with pytest.raises(NotFound):
            services.override(queue=queues.aurora, by=person.actor, **given)
        with pytest.raises(NotFound):
            services.use_version(version=version, reason="x", by=person.actor, at=NOW)
    services.override(queue=queues.aurora, by=cast.site_planner.actor, **given)
    with pytest.raises(NotFound):
        services.override(queue=queues.borealis, by=cast.site_planner.actor, **given)
    assert "Change what is expected" not in page(
        cast, cast.client_viewer, f"/demand/queues/{queues.aurora.pk}/forecast/"
    )


def test_an_event_is_noted_once_and_known_to_the_next_forecast(cast: Cast, queues: Queues) -> None:
    """A closed day or a factor goes into the problem the child gets; a second event on the day is refused."""
    a_past(queues.aurora, date(2026, 1, 5), 56)
    address = f"/demand/queues/{queues.aurora.pk}"
    a_version(queues.aurora, MONDAY, 7)
    form = {"day": "2026-03-11", "name": "Mailing", "effect": "factor", "factor": "1.4"}
    assert cast.client(cast.planner).post(f"{address}/special-days/", form).status_code == 302
    again = cast.client(cast.planner).post(f"{address}/special-days/", form | {"name": "Party"})
    assert again.status_code == 422 and "already Mailing" in again.content.decode()
    run = services.ask_for_forecasts(queues=[queues.aurora], by=cast.planner.actor, at=NOW)
    assert queries.forecast_problem(run.pk)["queues"][0]["special"] == [["2026-03-11", "Mailing", False, 1.4]]


def test_counts_set_aside_can_be_used_anyway(cast: Cast, queues: Queues) -> None:
    """Somebody vouches for them with a reason, and the child is told."""
    a_past(queues.aurora, date(2026, 1, 5), 56)
    form = {
        "start": "2026-02-02T10:00:00+00:00",
        "end": "2026-02-02T12:00:00+00:00",
        "reason": "really nobody called",
    }
    cast.client(cast.planner).post(f"/demand/queues/{queues.aurora.pk}/vouch/", form)
    vouched = Vouched.objects.get()
    run = services.ask_for_forecasts(queues=[queues.aurora], by=cast.planner.actor, at=NOW)
    assert queries.forecast_problem(run.pk)["queues"][0]["vouched"] == [
        [vouched.start.timestamp(), vouched.end.timestamp()]
    ]


def test_versions_stand_side_by_side_and_one_goes_back(cast: Cast, queues: Queues) -> None:
    """Two versions are compared in words; an earlier one is put in use with a reason."""
    first = a_version(queues.aurora, MONDAY, 7)
    a_version(queues.aurora, MONDAY, 7, height=30, at=NOW + timedelta(hours=1))
    text = page(cast, cast.planner, f"/demand/queues/{queues.aurora.pk}/versions/?one=1&other=2")
    assert "+650 contacts" in text
    with pytest.raises(Refused):
        services.use_version(version=first, reason=" ", by=cast.planner.actor, at=NOW + timedelta(hours=2))
    services.use_version(
        version=first, reason="the mailing was called off", by=cast.planner.actor, at=NOW + timedelta(hours=2)
    )
    assert queries.in_use([queues.aurora])[queues.aurora.pk] == first


def test_every_number_opens_into_its_factors(cast: Cast, queues: Queues) -> None:
    """Usual × level × special day × time of day × planner is exactly what is expected."""
    a_version(queues.aurora, MONDAY, 28, height=24)
    start = datetime(2026, 3, 9, 11, tzinfo=UTC)
    services.override(
        queue=queues.aurora,
        start=start,
        end=start + timedelta(hours=1),
        kind="factor",
        value=1.25,
        reason="x",
        by=cast.planner.actor,
        at=NOW,
    )
    rows, _, expected = queries.why_day(queues.aurora, MONDAY)
    assert expected is not None and len(rows) > 15
    for row in rows:
        assert row.factors is not None and row.factors.product == pytest.approx(row.mean)
    assert {round(row.factors.planner, 2) for row in rows} == {1.0, 1.25}
    assert "Every interval and its factors" in page(
        cast, cast.supervisor, f"/demand/queues/{queues.aurora.pk}/why/?day=2026-03-09"
    )


@pytest.mark.usefixtures("asked_once")
def test_a_thousand_queues_cost_no_more_queries_than_three(cast: Cast) -> None:
    """The list of queues and what is expected of them take the same queries for 3 and for 30."""

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(cast, cast.planner, "/demand/")
        return len(seen)

    def add(count: int, start: int) -> None:
        for number in range(start, start + count):
            queue = a_queue(cast.world.aurora, cast.world.north, f"Line {number}")
            a_past(queue, date(2026, 3, 2), 7)
            a_version(queue, MONDAY, 7)

    add(3, 0)
    page(cast, cast.planner, "/demand/")
    few = cost()
    add(27, 3)
    assert cost() == few


def test_a_day_of_23_hours_has_its_own_intervals(cast: Cast) -> None:
    """On the Sunday clocks go forward a page and the layer keep to the day's 46 half-hours."""
    queue = a_queue(cast.world.aurora, cast.world.north, "Night line")
    a_version(queue, date(2026, 3, 23), 14)
    day = queries.expected_days([queue], date(2026, 3, 29), date(2026, 3, 29))[queue.pk].days[0]
    assert len(day.mean) == len(day.starts) == 46
    page(cast, cast.planner, f"/demand/queues/{queue.pk}/forecast/?view=week&day=2026-03-23")


def test_a_client_reads_no_planners_name(cast: Cast, queues: Queues) -> None:
    """Who made a forecast or changed it is for those who work here."""
    a_version(queues.aurora, MONDAY, 7)
    start = datetime(2026, 3, 9, 10, tzinfo=UTC)
    Override.objects.create(
        queue=queues.aurora,
        start=start,
        end=start + timedelta(hours=1),
        kind="factor",
        value=1.1,
        reason="mailing",
        by_name="Paula Planner",
        at=NOW,
    )
    for address in ("forecast/?view=week&day=2026-03-09", "versions/"):
        text = page(cast, cast.client_viewer, f"/demand/queues/{queues.aurora.pk}/{address}")
        assert "Paula" not in text and "the planner</" not in text
    assert "Paula Planner" in page(
        cast, cast.planner, f"/demand/queues/{queues.aurora.pk}/forecast/?view=week&day=2026-03-09"
    )
