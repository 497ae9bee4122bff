"""What a file of history may change: the queues of who had it stored, whatever else its rows are called."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import HistoryDay, HistoryUpload
from tests.apps.demand.conftest import Queues
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
