"""What clients expect, how good it was, and the statements about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.models import (
    ClientForecast,
    ForecastVersion,
    HistoryDay,
    Override,
    RecordDay,
    Statement,
)
from floorwalker.apps.demand.rules.client_numbers import from_text, read_numbers
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.models import Notice
from tests.apps.demand.conftest import Queues
from tests.factories.demand import a_past, a_shape, a_version
from tests.people import NOW, Cast

JANUARY = date(2026, 1, 1)
BEFORE = datetime(2025, 12, 1, 9, tzinfo=UTC)
AFTER = datetime(2026, 2, 3, 9, tzinfo=UTC)


def submit(cast: Cast, queues: Queues, text: str, at: datetime = BEFORE, grain: str = "day") -> ClientForecast:
    queue = queues.aurora
    numbers = read_numbers(from_text(text), grain=grain, step_minutes=30, zone=queue.zone)
    return services.submit_client_forecast(queue=queue, numbers=numbers, by=cast.client_viewer.actor, at=at)


def a_month(cast: Cast, queues: Queues, client_height: float = 26.0) -> None:
    """January with a past, a forecast of ours and one of the client, both made in December."""
    a_version(queues.aurora, JANUARY - timedelta(days=3), 40, height=21, at=BEFORE)
    days = [JANUARY + timedelta(days=n) for n in range(31)]
    lines = [f"{day.isoformat()} {sum(a_shape(day, client_height, 'Europe/Lisbon')):.0f}" for day in days]
    submit(cast, queues, "\n".join(lines))
    a_past(queues.aurora, JANUARY, 31, at=datetime(2026, 2, 1, tzinfo=UTC))


def test_a_client_submits_on_a_page_and_the_planner_is_told(cast: Cast, queues: Queues) -> None:
    """Typed numbers with an event become a submission with name and time; ours stands beside it in words."""
    a_version(queues.aurora, date(2026, 3, 9), 14)
    form = {
        "queue": queues.aurora.pk,
        "grain": "day",
        "text": "2026-03-09 400\n2026-03-10 380 mailing\nnonsense",
        "order": "",
    }
    answer = cast.client(cast.client_viewer).post("/demand/client-forecasts/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    made = ClientForecast.objects.get()
    assert (made.number, made.total, made.on_behalf, made.submitted_by) == (1, 780, False, "Client Viewer")
    assert made.events.get().name == "mailing"
    text = cast.client(cast.client_viewer).get(answer.url).content.decode()
    assert "The client expects" in text and "more than we do" in text and "line 3" in text
    assert Notice.objects.filter(to_user=cast.planner.user.pk).exists()
    assert cast.client(cast.other_client_viewer).get(answer.url).status_code == 404


def test_a_day_we_expect_nobody_on_is_told_in_people_too(cast: Cast, queues: Queues) -> None:
    """Reckoned with the handling time and the hours of our other days: as many as if we expected them there."""
    monday, tuesday = date(2026, 3, 9), date(2026, 3, 10)
    a_version(queues.aurora, monday, 2, closed=(tuesday,))
    ours = queries.expected_days([queues.aurora], monday, tuesday)[queues.aurora.pk].days
    contacts = round(ours[0].total)
    made = submit(cast, queues, f"2026-03-09 {2 * contacts}\n2026-03-10 {contacts}", at=NOW)
    found = queries.compared(cast.planner.actor, made)
    assert [each.ours for each in found] == [pytest.approx(ours[0].total), 0.0]
    assert found[0].agents is not None
    assert found[0].agents > 1
    assert found[1].agents == pytest.approx(found[0].agents, rel=0.01)
    assert "people more on the phones all day" in (
        cast.client(cast.planner).get(f"/demand/client-forecasts/{made.pk}/").content.decode()
    )
    a_version(queues.aurora, monday, 2, at=NOW, closed=(monday, tuesday))
    assert [each.agents for each in queries.compared(cast.planner.actor, made)] == [None, None]


def test_a_file_is_read_and_a_planner_enters_on_behalf(cast: Cast, queues: Queues) -> None:
    """A table with a head line; rows about another queue are set aside; who entered it is written down."""
    table = "date,queue,contacts\n2026-03-09,Aurora help,400\n2026-03-10,aurora-help,410\n2026-03-11,Other,1\n"
    form = {
        "queue": queues.aurora.pk,
        "grain": "day",
        "order": "",
        "text": "",
        "file": SimpleUploadedFile("forecast.csv", table.encode()),
    }
    answer = cast.client(cast.planner).post("/demand/client-forecasts/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    made = ClientForecast.objects.get()
    assert made.on_behalf and made.total == 810 and made.source_name == "forecast.csv"


def test_dates_that_leave_it_open_are_asked(cast: Cast, queues: Queues) -> None:
    """Nothing is guessed: the form asks for the order of day and month."""
    form = {"queue": queues.aurora.pk, "grain": "day", "text": "03/04/2026 400\n04/04/2026 410", "order": ""}
    answer = cast.client(cast.client_viewer).post("/demand/client-forecasts/new/", form)
    assert answer.status_code == 422 and "day-month or month-day" in answer.content.decode()
    assert (
        cast.client(cast.client_viewer).post("/demand/client-forecasts/new/", form | {"order": "mdy"}).status_code
        == 302
    )
    assert ClientForecast.objects.get().first_day == date(2026, 3, 4)


def test_a_client_reaches_own_queues_only(cast: Cast, queues: Queues) -> None:
    """Another client's queue cannot be chosen, nor submitted to past the form."""
    form = {"queue": queues.borealis.pk, "grain": "day", "text": "2026-03-09 400", "order": ""}
    assert cast.client(cast.client_viewer).post("/demand/client-forecasts/new/", form).status_code == 422
    numbers = read_numbers(from_text("2026-03-09 400"), grain="day", step_minutes=30, zone="UTC")
    with pytest.raises(NotFound):
        services.submit_client_forecast(
            queue=queues.borealis, numbers=numbers, by=cast.client_viewer.actor, at=NOW
        )


def test_every_source_is_judged_on_what_it_had_said_before_the_day(cast: Cast, queues: Queues, work) -> None:
    """Only forecasts made a week before count; all on one measure, on the same days; a late one earns nothing."""
    a_month(cast, queues)
    submit(
        cast, queues, "2026-01-15 1\n2026-01-16 1", at=datetime(2026, 1, 14, tzinfo=UTC)
    )  # too late for a week before
    Override.objects.create(
        queue=queues.aurora,
        start=datetime(2026, 1, 12, tzinfo=UTC),
        end=datetime(2026, 1, 17, tzinfo=UTC),
        kind="factor",
        value=2.0,
        reason="x",
        by_name="p",
        at=BEFORE + timedelta(days=1),
    )
    services.ask_for_record(queues=[queues.aurora], by=cast.planner.actor, at=NOW)
    work()
    [found] = queries.record_of([queues.aurora], JANUARY, date(2026, 1, 31), 7)
    by = {each.source: each for each in found.sources}
    assert set(by) == {"statistical", "client", "planner"} and found.same_days
    assert {each.score.days for each in found.sources} == {31}
    assert by["statistical"].score.wape < 0.05 < by["client"].score.wape < by["planner"].score.wape
    assert by["statistical"].best and by["client"].score.bias == pytest.approx(0.25, abs=0.03)
    assert not RecordDay.objects.filter(lead_days=7, expected=1).exists()
    assert RecordDay.objects.filter(lead_days=1, expected=1).count() == 2
    text = cast.client(cast.client_viewer).get("/demand/record/?lead=7").content.decode()
    assert "closest" in text and "With the planner" in text


def test_the_blend_weighs_sources_by_their_record(cast: Cast, queues: Queues, work) -> None:
    """The better source gets the larger weight, biases are mended, the blend lies nearer than the worse one."""
    a_month(cast, queues)
    services.ask_for_record(queues=[queues.aurora], by=cast.planner.actor, at=NOW)
    a_version(queues.aurora, date(2026, 2, 2), 14, height=21, at=AFTER)
    days = [date(2026, 2, 2) + timedelta(days=n) for n in range(7)]
    submit(cast, queues, "\n".join(f"{d} {sum(a_shape(d, 26.0, 'Europe/Lisbon')):.0f}" for d in days), at=AFTER)
    work()
    answer = cast.client(cast.planner).post(f"/demand/queues/{queues.aurora.pk}/blend/")
    assert answer.status_code == 302
    work()
    blend = ForecastVersion.objects.get(source="blend")
    assert sum(blend.made_from["weights"].values()) == pytest.approx(1, abs=1e-3)
    assert blend.made_from["corrections"]["client"] < 0.9 and blend.made_from["days_told"] == 7
    first = queries.expected_days([queues.aurora], days[0], days[0])[queues.aurora.pk].days[0]
    truth = sum(a_shape(days[0], 20.8, "Europe/Lisbon"))
    assert abs(first.total - truth) < abs(sum(a_shape(days[0], 26.0, "Europe/Lisbon")) - truth) / 3
    assert queries.in_use([queues.aurora])[queues.aurora.pk] == blend


def test_without_a_clients_forecast_ahead_there_is_nothing_to_blend(cast: Cast, queues: Queues) -> None:
    """The refusal says which queue and from which day."""
    a_version(queues.aurora, date(2026, 2, 2), 14, at=AFTER)
    with pytest.raises(Refused, match="Aurora help"):
        services.ask_for_blend(queue=queues.aurora, by=cast.planner.actor, at=AFTER)


def test_a_statement_comes_out_the_same_to_the_byte_for_ever(cast: Cast, queues: Queues) -> None:
    """Corrected history, later forecasts and new agreements change nothing of what was issued."""
    a_month(cast, queues)
    made = services.issue_statement(client=cast.world.aurora, month=JANUARY, by=cast.planner.actor, at=AFTER)
    later = AFTER + timedelta(days=1)
    HistoryDay.objects.filter(queue=queues.aurora, day=date(2026, 1, 7)).update(superseded_at=later)
    day = a_shape(date(2026, 1, 7), 90, "Europe/Lisbon")
    HistoryDay.objects.create(
        queue=queues.aurora, day=date(2026, 1, 7), step_minutes=30, offered=day, total=sum(day), stored_at=later
    )
    a_version(queues.aurora, JANUARY, 31, height=50, at=later)
    submit(cast, queues, "2026-01-08 5", at=later)
    services.set_expectation(
        client=cast.world.aurora,
        by=cast.manager.actor,
        at=later,
        fields=services.ExpectationFields(JANUARY, 0.9, 10, forecast_tolerance=0.3, forecast_lead_days=1),
    )
    made = Statement.objects.get(pk=made.pk)
    assert queries.recomputed(made) == made.body
    corrected = services.issue_statement(
        client=cast.world.aurora,
        month=JANUARY,
        corrects=made,
        reason="a day was missing",
        by=cast.planner.actor,
        at=later,
    )
    assert corrected.body != made.body and queries.content(corrected)["corrects"] == made.number
    assert queries.recomputed(Statement.objects.get(pk=made.pk)) == made.body


def test_an_issued_statement_cannot_be_changed(cast: Cast, queues: Queues) -> None:
    """Not by us, not by SQL; a second one of the month is refused unless it corrects."""
    a_month(cast, queues)
    made = services.issue_statement(client=cast.world.aurora, month=JANUARY, by=cast.planner.actor, at=AFTER)
    for statement in ("UPDATE demand_statement SET body = ''", "DELETE FROM demand_statement"):
        with (
            pytest.raises(DatabaseError, match="never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(Refused, match="stated already"):
        services.issue_statement(client=cast.world.aurora, month=JANUARY, by=cast.planner.actor, at=AFTER)
    with pytest.raises(Refused, match="what the correction corrects"):
        services.issue_statement(
            client=cast.world.aurora, month=JANUARY, corrects=made, by=cast.planner.actor, at=AFTER
        )
    with pytest.raises(Refused, match="not over"):
        services.issue_statement(client=cast.world.aurora, month=date(2026, 2, 1), by=cast.planner.actor, at=AFTER)


def test_the_statement_says_who_answers_for_what(cast: Cast, queues: Queues) -> None:
    """Accuracy of both, days inside the agreed band and contacts beyond it."""
    a_month(cast, queues)
    made = services.issue_statement(client=cast.world.aurora, month=JANUARY, by=cast.planner.actor, at=AFTER)
    [queue] = queries.content(made)["queues"]
    assert queue["client"]["days"] == queue["band"]["days"] == 31
    assert queue["ours"]["wape"] < queue["client"]["wape"]
    assert queue["band"]["contacts_below"] > 0 and queue["band"]["contacts_above"] == 0
    text = cast.client(cast.client_viewer).get(f"/demand/statements/{made.pk}/").content.decode()
    assert "the same, to the byte" in text and "did not come" in text and made.sha256 in text
    saved = cast.client(cast.client_viewer).get(f"/demand/statements/{made.pk}.json")
    assert saved.content.decode() == made.body
    assert Notice.objects.filter(to_user=cast.client_viewer.user.pk).exists()
    for person in (cast.other_client_viewer, cast.site_planner, cast.agent):
        expected = 200 if person is cast.site_planner else 404
        assert cast.client(person).get(f"/demand/statements/{made.pk}/").status_code == expected


def test_a_weekly_client_is_judged_by_the_week(cast: Cast, queues: Queues) -> None:
    """Numbers by the week are compared with our weeks, not with days nobody spoke of."""
    a_version(queues.aurora, date(2026, 1, 5), 28, at=BEFORE)
    submit(cast, queues, "2026-W02 2000\n2026-W03 2000", grain="week")
    a_past(queues.aurora, date(2026, 1, 5), 21)
    sayings = queries.Sayings(queues.aurora, date(2026, 1, 5), date(2026, 1, 25))
    weeks = [row for row in queries.said_of(sayings, 7) if row.days == 7]
    assert {(row.day, row.source) for row in weeks} == {
        (day, source)
        for day in (date(2026, 1, 5), date(2026, 1, 12))
        for source in ("client", "statistical", "planner")
    }
