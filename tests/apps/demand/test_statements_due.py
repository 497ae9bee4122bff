"""A month that is over is owed to the client: noticed by itself, promised by a day, shown to who states it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from floorwalker.apps.demand import services, tasks
from floorwalker.apps.demand.rules.statement import due_day, month_before
from floorwalker.apps.promises.models import Promise
from floorwalker.project.home.items.demand import to_state
from tests.apps.demand.conftest import Queues
from tests.factories.demand import a_past
from tests.people import NOW, Cast

FEBRUARY = date(2026, 2, 1)


def test_the_day_is_the_tenth_or_some_days_for_who_learns_late() -> None:
    """Also over the end of a year."""
    assert due_day(FEBRUARY, date(2026, 3, 1)) == date(2026, 3, 10)
    assert due_day(FEBRUARY, date(2026, 3, 20)) == date(2026, 3, 25)
    assert due_day(date(2025, 12, 1), date(2026, 1, 2)) == date(2026, 1, 10)
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)


def test_a_month_that_is_over_is_promised_and_kept_by_issuing_it(cast: Cast, queues: Queues) -> None:
    """Once, by the planner where the client's queues are; the first page says so and leads to issuing it."""
    a_past(queues.aurora, date(2026, 2, 9), 7)
    for moment in (NOW, NOW + timedelta(days=1)):
        tasks.owe_statements(moment)
    [promise] = Promise.objects.all()
    assert (promise.owner, promise.to_text) == (cast.site_planner.user, "Aurora")
    assert promise.what == "Statement of February 2026" and promise.due.date() == date(2026, 3, 10)
    item = to_state(cast.site_planner.actor, NOW)
    assert item is not None and "February 2026 for 1 client" in item.words
    page = cast.client(cast.site_planner).get(item.url).content.decode()
    assert f'<option value="{cast.world.aurora.pk}" selected>' in page
    services.issue_statement(client=cast.world.aurora, month=FEBRUARY, by=cast.planner.actor, at=NOW)
    promise.refresh_from_db()
    assert promise.state == "kept" and to_state(cast.site_planner.actor, NOW) is None
    tasks.owe_statements(NOW + timedelta(days=2))
    assert Promise.objects.count() == 1


def test_a_statement_after_its_day_is_late_and_an_unknown_month_is_nobodys(cast: Cast, queues: Queues) -> None:
    """Nothing is promised of a client without numbers; nothing is shown to who may not issue it."""
    tasks.owe_statements(NOW)
    assert not Promise.objects.exists()
    a_past(queues.aurora, date(2026, 2, 9), 7)
    tasks.owe_statements(NOW)
    for person in (cast.client_viewer, cast.supervisor, cast.agent):
        assert to_state(person.actor, NOW) is None
    after = datetime(2026, 3, 12, 9, tzinfo=UTC)
    services.issue_statement(client=cast.world.aurora, month=FEBRUARY, by=cast.site_planner.actor, at=after)
    assert Promise.objects.get().state == "late"


def test_what_is_owed_to_a_client_who_has_gone_is_withdrawn(cast: Cast, queues: Queues) -> None:
    """It does not count against its owner."""
    a_past(queues.borealis, date(2026, 2, 9), 7)
    tasks.owe_statements(NOW)
    assert Promise.objects.get().owner == cast.planner.user  # no planner of that site alone
    cast.world.borealis.archived = True
    cast.world.borealis.save()
    tasks.owe_statements(NOW + timedelta(days=1))
    assert Promise.objects.get().state == "withdrawn"
