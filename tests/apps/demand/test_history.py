"""History from a file to counts per queue and day, at the doors people use."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.demand.models import HistoryDay, HistoryUpload, Queue
from floorwalker.kernel.models import Job
from tests.apps.demand.conftest import Queues
from tests.people import Cast

HALF_HOURS = "start,queue,offered,answered,abandoned,handling_seconds\n" + "".join(
    f"2026-01-{day:02d}T{hour:02d}:{minute:02d}:00+00:00,help,{hour + day},{hour},{day},{hour * 200}\n"
    for day in range(5, 12)
    for hour in range(8, 18)
    for minute in (0, 30)
)


def send(cast: Cast, content: bytes | str, name: str = "history.csv", **more: str) -> HistoryUpload:
    """Upload a file as the planner."""
    data = content.encode() if isinstance(content, str) else content
    form = {"file": SimpleUploadedFile(name, data), "zone": "Europe/Lisbon", "system": "switch", **more}
    answer = cast.client(cast.planner).post("/demand/uploads/", form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return HistoryUpload.objects.get(pk=int(answer.url.rstrip("/").rsplit("/", 1)[1]))


def place(cast: Cast, upload: HistoryUpload, **fields: str) -> None:
    answer = cast.client(cast.planner).post(f"/demand/uploads/{upload.pk}/place/", fields)
    assert answer.status_code == 302, answer.content.decode()


def test_a_file_becomes_counts_per_day(cast: Cast, queues: Queues, work, deliver) -> None:
    """Read in a limited child, shown, given to a queue, stored: each day's intervals are on the page."""
    upload = send(cast, HALF_HOURS)
    work()
    upload.refresh_from_db()
    assert upload.state == "ready"
    page = cast.client(cast.planner).get(f"/demand/uploads/{upload.pk}/").content.decode()
    assert "help" in page and "140" in page
    place(cast, upload, **{"name0-meaning": str(queues.aurora.pk)})
    work()
    upload.refresh_from_db()
    assert upload.stored == {"stored": 140, "unchanged": 0, "replaced": 0, "unplaced": 0, "days": 7}
    day = HistoryDay.objects.get(queue=queues.aurora, day=date(2026, 1, 6))
    assert day.offered[16:18] == [14, 14] and day.total == sum(2 * (hour + 6) for hour in range(8, 18))
    assert day.handling_seconds[16] == 1600
    deliver()
    assert Job.objects.filter(kind="demand.record", ref_id=queues.aurora.pk).exists()
    answer = cast.client(cast.planner).get(f"/demand/queues/{queues.aurora.pk}/history/?view=week&day=2026-01-05")
    assert answer.status_code == 200 and "Contacts offered" in answer.content.decode()


COUNTS = "start,queue,offered\n2026-01-05T08:00:00+00:00,help,12\n2026-01-05T08:30:00+00:00,help,9\n"


def test_a_new_queue_of_a_file_of_counts_is_asked_how_long_a_contact_takes(cast: Cast, work) -> None:
    """Where the file says so itself, nobody is asked."""
    asked = "Handling time of a contact in the new queue"
    page = cast.client(cast.planner).get
    timed = send(cast, HALF_HOURS)
    work()
    assert asked not in page(f"/demand/uploads/{timed.pk}/").content.decode()
    counts = send(cast, COUNTS)
    work()
    assert asked in page(f"/demand/uploads/{counts.pk}/").content.decode()
    where = {"name0-client": str(cast.world.aurora.pk), "name0-site": str(cast.world.north.pk)}
    place(cast, counts, **{"name0-meaning": "new", "name0-aht_seconds": "180"}, **where)
    assert Queue.objects.get(name="help").aht_seconds == 180


def test_the_same_file_twice_changes_nothing(cast: Cast, queues: Queues, work) -> None:
    """Rows and days stay as they are; a corrected row replaces the former, which stays readable."""
    first = send(cast, HALF_HOURS)
    work()
    place(cast, first, **{"name0-meaning": str(queues.aurora.pk)})
    work()
    second = send(cast, HALF_HOURS)
    work()
    place(cast, second)
    work()
    second.refresh_from_db()
    assert second.stored == {"stored": 0, "unchanged": 140, "replaced": 0, "unplaced": 0, "days": 0}
    third = send(
        cast, HALF_HOURS.replace("2026-01-06T08:00:00+00:00,help,14", "2026-01-06T08:00:00+00:00,help,99")
    )
    work()
    place(cast, third)
    work()
    third.refresh_from_db()
    assert third.stored["replaced"] == 1 and third.stored["days"] == 1
    rows = HistoryDay.objects.filter(queue=queues.aurora, day=date(2026, 1, 6)).order_by("stored_at")
    assert [row.offered[16] for row in rows] == [14, 99]
    assert [row.superseded_at is None for row in rows] == [False, True]


def test_bad_lines_are_named_and_every_line_is_accounted_for(cast: Cast, queues: Queues, work) -> None:
    """Read = stored + duplicates + set aside, each with its line and reason, as a file too."""
    upload = send(cast, HALF_HOURS + "2026-01-12T08:00:00+00:00,help,many,1,1,1\nnonsense\n")
    work()
    upload.refresh_from_db()
    found = upload.found
    assert found["read"] == found["stored"] + found["duplicates"] + found["rejected"] + found["left_out"] == 142
    page = cast.client(cast.planner).get(f"/demand/uploads/{upload.pk}/").content.decode()
    assert "nonsense" in page and "many" in page
    listed = cast.client(cast.planner).get(f"/demand/uploads/{upload.pk}/rejects.csv").content.decode()
    assert "142" in listed and "143" in listed


def test_what_a_file_leaves_open_is_asked(cast: Cast, queues: Queues, work) -> None:
    """Dates that could be day-month or month-day are never guessed: the answer is a click."""
    lines = [f"0{m}/0{d}/2026;{h}:00;{h}" for d in (5, 6, 7) for m in (5, 6) for h in (8, 9)]
    upload = send(cast, "date;time;calls\n" + "\n".join(lines) + "\n")
    work()
    upload.refresh_from_db()
    assert upload.state == "asked"
    page = cast.client(cast.planner).get(f"/demand/uploads/{upload.pk}/").content.decode()
    assert "could be day-month or month-day" in page
    answer = cast.client(cast.planner).post(
        f"/demand/uploads/{upload.pk}/answer/", {"setting": "dates", "value": "dmy"}
    )
    assert answer.status_code == 302
    work()
    upload.refresh_from_db()
    assert upload.state == "ready" and upload.mapping == {"dates": "dmy"}


def test_a_new_name_becomes_a_queue(cast: Cast, work) -> None:
    """A name nobody knows is mapped or created; the created queue is called so in that system."""
    upload = send(cast, HALF_HOURS)
    work()
    place(
        cast,
        upload,
        **{
            "name0-meaning": "new",
            "name0-client": str(cast.world.aurora.pk),
            "name0-site": str(cast.world.north.pk),
        },
    )
    work()
    queue = Queue.objects.get(name="help")
    assert queue.zone == "Europe/Lisbon" and queue.other_names.get().external_id == "help"
    assert queue.history_days.count() == 7


def test_what_is_no_table_is_refused_in_a_sentence(cast: Cast, work) -> None:
    """A picture is refused at the door, an empty table when it is read; nothing is stored."""
    picture = SimpleUploadedFile("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    answer = cast.client(cast.planner).post("/demand/uploads/", {"file": picture, "zone": "UTC", "system": "x"})
    assert answer.status_code == 422 and "picture" in answer.content.decode()
    upload = send(cast, "start,queue,offered\n")
    work()
    upload.refresh_from_db()
    assert upload.state == "failed" and "no line below" in upload.trouble


def test_a_coarse_file_does_not_fill_a_fine_queue(cast: Cast, queues: Queues, work) -> None:
    """Daily counts cannot say when in the day callers come: the page says what to do."""
    upload = send(cast, "date,calls\n" + "".join(f"2026-01-{d:02d},{100 + d}\n" for d in range(1, 21)))
    work()
    answer = cast.client(cast.planner).post(
        f"/demand/uploads/{upload.pk}/place/", {"name0-meaning": str(queues.aurora.pk)}
    )
    assert answer.status_code == 422 and "1440 minutes" in answer.content.decode()


def test_others_do_not_see_uploads(cast: Cast, queues: Queues) -> None:
    """A client viewer may not open the page at all, nor another client's history."""
    upload = send(cast, HALF_HOURS)
    for person in (cast.client_viewer, cast.supervisor, cast.agent):
        assert cast.client(person).get(f"/demand/uploads/{upload.pk}/").status_code == 404
    assert cast.client(cast.client_viewer).get(f"/demand/queues/{queues.aurora.pk}/history/").status_code == 200
    assert cast.client(cast.client_viewer).get(f"/demand/queues/{queues.borealis.pk}/history/").status_code == 404


@pytest.mark.parametrize("packed", [True, False])
def test_bank_calls_can_be_stored(cast: Cast, queues: Queues, work, data: Path, packed: bool) -> None:
    """The real five-minute file, gzipped or not, is counted in half-hours without losing a call."""
    content = next((data / "bank-calls-5min").glob("*.csv.gz")).read_bytes()
    upload = send(cast, content if packed else gzip.decompress(content), "bank.csv.gz", zone="America/New_York")
    work()
    place(cast, upload, **{"name0-meaning": str(queues.borealis.pk)})
    work()
    days = HistoryDay.objects.filter(queue=queues.borealis)
    assert days.count() == 126 and sum(day.total for day in days) == 4_098_124
