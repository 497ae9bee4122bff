"""What a file of history may change, and what is written down when numbers leave as a file."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import HistoryDay, HistoryUpload
from floorwalker.kernel.models.entry import Entry
from tests.apps.demand.conftest import Queues
from tests.factories.demand import a_past, a_version
from tests.people import NOW, Cast

TWO_SITES = "start,queue,offered,answered,abandoned,handling_seconds\n" + "".join(
    f"2026-01-05T{hour:02d}:{minute:02d}:00+00:00,{name},9,9,0,900\n"
    for name in ("help", "sales")
    for hour in range(8, 18)
    for minute in (0, 30)
)


def test_a_planner_of_one_site_stores_nothing_for_another(cast: Cast, queues: Queues, work) -> None:
    """Rows of the other site's queue stay out, though its name in that system is known to the house."""
    for queue, name in ((queues.aurora, "help"), (queues.borealis, "sales")):
        services.call_queue(
            queue=queue,
            system="switch",
            external=name,
            first=date(2025, 1, 1),
            until=None,
            by=cast.planner.actor,
            at=NOW,
        )
    browser = cast.client(cast.site_planner)
    form = {"file": SimpleUploadedFile("history.csv", TWO_SITES.encode()), "zone": "UTC", "system": "switch"}
    assert browser.post("/demand/uploads/", form).status_code == 302
    work()
    upload = HistoryUpload.objects.get()
    assert (
        browser.post(
            f"/demand/uploads/{upload.pk}/place/", {"name0-meaning": "none", "name1-meaning": "none"}
        ).status_code
        == 302
    )
    work()
    upload.refresh_from_db()
    assert upload.state == "stored"
    assert HistoryDay.objects.filter(queue=queues.aurora).count() == 1
    assert not HistoryDay.objects.filter(queue=queues.borealis).exists()


@pytest.mark.parametrize("what", ["history", "forecast"])
def test_an_export_of_a_clients_numbers_is_written_down(cast: Cast, queues: Queues, what: str) -> None:
    """Who took which days of which queue along; another client's leaves nothing."""
    a_past(queues.aurora, date(2026, 3, 2), 7)
    a_version(queues.aurora, date(2026, 3, 9), 7)
    address = f"/demand/queues/{queues.aurora.pk}/{what}.csv"
    assert cast.client(cast.other_client_viewer).get(address).status_code == 404
    assert not Entry.objects.filter(verb="demand.export").exists()
    assert cast.client(cast.client_viewer).get(address, {"day": "2026-03-02"}).status_code == 200
    entry = Entry.objects.get(verb="demand.export")
    assert (entry.actor_user, entry.about_id) == (cast.client_viewer.user.pk, str(queues.aurora.pk))
    first = {"history": "2026-03-02", "forecast": "2026-03-09"}[what]
    assert (entry.facts["what"], entry.facts["first"]) == (what, first)


def test_an_export_of_what_a_client_expects_is_written_down(cast: Cast, queues: Queues) -> None:
    """The comparison as a table, with the days it is about."""
    form = {"queue": queues.aurora.pk, "grain": "day", "text": "2026-03-09 400", "order": ""}
    made = cast.client(cast.client_viewer).post("/demand/client-forecasts/new/", form)
    assert cast.client(cast.planner).get(f"{made.url.rstrip('/')}.csv").status_code == 200
    assert Entry.objects.get(verb="demand.export").facts["what"] == "client forecast"
