"""Pages that listen learn what happens at once, and only who may; served by a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from django.db import connection, transaction
from django.test import Client

from floorwalker.apps.accounts.models import OpenSession, User
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.kernel import jobs, live
from floorwalker.kernel.jobs import life
from floorwalker.kernel.live.topics import TOPICS
from floorwalker.kernel.models import Job
from tests.kernel.live.serving import Line, served
from tests.people import Cast, make_cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
SOON_SECONDS = 5.0


@pytest.fixture
def cast() -> Cast:
    return make_cast()


Listen = Callable[[str, Client | None], Line]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Open a stream of a real server; all are closed in the end."""
    lines: list[Line] = []

    def listen(path: str, browser: Client | None) -> Line:
        lines.append(Line(port, path, browser))
        return lines[-1]

    with served() as port:
        yield listen
        for line in lines:
            line.close()


@pytest.fixture(autouse=True)
def topics() -> Iterator[None]:
    """Two topics for these tests: one for all, one that can be taken away."""
    live.topic("street", lambda actor, key: True)
    live.topic("house", lambda actor, key: actor.user_id == int(key))
    yield
    del TOPICS["street"], TOPICS["house"]


def opened(listen: Listen, path: str, browser: Client) -> Line:
    line = listen(path, browser)
    assert line.status == 200, line.answer.read()
    first = line.next()
    assert first is not None and first.name == "open"
    return line


def test_what_is_told_arrives_at_commit(cast: Cast, listen: Listen) -> None:
    """Ids only, under the name of the topic; what is rolled back is never told."""
    line = opened(listen, "/live?topic=street:3", cast.client(cast.agent))
    assert line.answer.headers["X-Accel-Buffering"] == "no" and line.answer.headers["Cache-Control"] == "no-store"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live.tell("street:3", shift=1)
        raise ZeroDivisionError
    live.tell("street:4", shift=2)
    live.tell("street:3", shift=3)
    told = line.next()
    assert told is not None
    assert (told.name, told.data) == ("street:3", '{"topic": "street:3", "shift": 3}')


def test_who_may_not_listen_is_told_nothing(cast: Cast, listen: Listen) -> None:
    """A stranger, an unknown topic, none at all, and somebody signed out."""
    browser = cast.client(cast.agent)
    assert listen("/live?topic=house:0", browser).status == 404
    assert listen("/live?topic=castle:1", browser).status == 404
    assert listen("/live?topic=street:1&topic=house:0", browser).status == 404
    assert listen("/live", browser).status == 400
    assert listen("/live?topic=street:1", None).status == 401


def test_open_streams_hold_no_connection(cast: Cast, listen: Listen) -> None:
    """Ten pages listen over one connection to the database, the process's own."""
    browser = cast.client(cast.agent)
    lines = [opened(listen, "/live?topic=street:3", browser) for _ in range(10)]
    until = monotonic() + 20  # what opened a stream lets its own connection go a moment later
    while (others := held_by_others()) != ["LISTEN floorwalker_live"] and monotonic() < until:
        sleep(0.05)
    assert others == ["LISTEN floorwalker_live"]
    live.tell("street:3")
    assert all(line.next().name == "street:3" for line in lines)  # type: ignore[union-attr]


def held_by_others() -> list[str]:
    """What was last asked over each connection to this database but the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("what", ["told", "disabled", "signed out", "role taken", "version"])
def test_a_stream_ends_with_the_right_to_it(cast: Cast, listen: Listen, what: str) -> None:
    """Within five seconds, also where nobody has said so (S-08)."""
    person = cast.supervisor
    live.topic("team", lambda actor, key: actor.has_role("supervisor"))
    line = opened(listen, "/live?topic=team:1", cast.client(person))
    other = opened(listen, "/live?topic=street:3", cast.client(cast.agent))
    if what == "told":
        live.revoke(person.user.pk)
    elif what == "disabled":
        User.objects.filter(pk=person.user.pk).update(is_active=False)
    elif what == "signed out":
        OpenSession.objects.filter(user=person.user).delete()
    elif what == "role taken":
        person.user.roles_held.all().delete()
    else:
        User.objects.filter(pk=person.user.pk).update(session_version=99)
    assert line.seconds_until_end() < SOON_SECONDS
    live.tell("street:3")
    told = other.next()
    assert told is not None and told.name == "street:3"
    del TOPICS["team"]


def test_a_job_shows_its_steps_until_it_has_ended(cast: Cast, listen: Listen) -> None:
    """The body of the page comes anew with each step; then the stream says it is done."""
    jobs.job("test.live")(lambda running: running.tell(share=0.5, text="halfway there"))
    job = jobs.start("test.live", ref=("test.live", 1), title="Look <around>", by=cast.planner.actor, at=AT)
    line = listen(f"/jobs/{job.pk}/live/", cast.client(cast.planner))
    first = line.next()
    assert first is not None and 'data-state="waiting"' in first.data and "Look &lt;around&gt;" in first.data
    life.run(job.pk)
    seen = []
    while event := line.next():
        seen.append(event)
    assert 'data-state="done"' in seen[-2].data and seen[-1].name == "done"
    assert Job.objects.get(pk=job.pk).text == "halfway there"
    assert listen(f"/jobs/{job.pk}/live/", cast.client(cast.agent)).status == 404


@pytest.mark.parametrize("what", ["told", "disabled", "role taken"])
def test_the_stream_of_a_job_ends_with_the_right_to_it(cast: Cast, listen: Listen, what: str) -> None:
    """Somebody else's work one saw by a role: nothing more is shown of it within five seconds (S-08)."""
    person = cast.planner
    jobs.job("test.seen", permission=DemandPermission.STORE_HISTORY)(lambda running: running.tell(share=0.5))
    job = jobs.start("test.seen", ref=("test.seen", 1), title="Look", by=cast.manager.actor, at=AT)
    line = listen(f"/jobs/{job.pk}/live/", cast.client(person))
    assert line.next() is not None
    if what == "told":
        live.revoke(person.user.pk)
    elif what == "disabled":
        User.objects.filter(pk=person.user.pk).update(is_active=False)
    else:
        person.user.roles_held.all().delete()
    assert line.seconds_until_end() < SOON_SECONDS
    job.refresh_from_db()
    assert job.live


def test_a_server_of_pages_alone_says_so(cast: Cast) -> None:
    """Then the page asks every few seconds instead."""
    assert cast.client(cast.agent).get("/live?topic=street:1").status_code == 503
