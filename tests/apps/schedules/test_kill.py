"""Publication and the telling of it cut down at any moment (R-22): the old week or the new one, each told once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.mail.utils import DNS_NAME
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Draft, Planned, Publication, Shift, Week
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.events.delivery import deliver as deliver_one
from floorwalker.kernel.models import AnnouncedEvent, Delivery, Notice
from floorwalker.kernel.notices.mailing import send_due
from tests.factories import schedules as make
from tests.kernel.jobs.gate import others, settled, waits_for
from tests.people import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
FEW = (120, 5)  # people with a user each, and kills
MANY = pytest.param(2000, 50, marks=pytest.mark.prove)
LETTERS = 20


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def a_crowd(cast: Cast, people: int) -> list[Agent]:
    """So many more agents with users of their own, enough that a publication takes a while; two of the cast."""
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", password="!") for n in range(people)
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(user=each, role="agent", scope="own", given_at=NOW, given_by="the crowd") for each in users
    )
    more = Agent.objects.bulk_create(
        Agent(user=user, name=user.name, number=f"P{n}", team=cast.world.north_one, started_on="2024-09-02")
        for n, user in enumerate(users)
    )
    both = [cast.agent.agent, cast.colleague.agent]
    return [*(each for each in both if each), *more]


class Doer:
    """A process of its own that does one thing, on a connection of its own, and can be cut down meanwhile."""

    def __init__(self, do: Callable[[], object]) -> None:
        connection.close()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                do()
            finally:
                os._exit(0)  # nothing of the test's process is cleaned up twice

    def until_inside(self) -> None:
        """Wait until it has begun to write."""
        while not others(in_transaction=True) and self.lives():
            time.sleep(0.001)

    def lives(self) -> bool:
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def end(self) -> None:
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)

    def cut_down(self) -> None:
        """`kill -9`, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        settled()


def cut_down_writing(do: Callable[[], object], model: type[Model]) -> None:
    """`kill -9` where it certainly is in the middle: it has begun, and waits for a table that is held here."""
    gate, key = os.pipe()
    one = Doer(lambda: (os.read(gate, 1), do()))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"lock table {model._meta.db_table} in share mode")
        os.write(key, b"!")
        while not waits_for(model):
            assert one.lives(), f"it ended without a row of {model.__name__}"
            time.sleep(0.001)
        os.kill(one.pid, signal.SIGKILL)
    one.cut_down()
    os.close(gate)
    os.close(key)


def seconds_of(do: Callable[[], object]) -> float:
    """How long it takes undisturbed, from its first write to its end."""
    one = Doer(do)
    one.until_inside()
    began = time.monotonic()
    one.end()
    length = time.monotonic() - began
    one.cut_down()
    return length


def planned_pieces(week: Week) -> int:
    """What the plan must hold for the live shifts: three pieces for each with a meal."""
    return 3 * Shift.objects.filter(week=week, until=None, cancelled=False).count()


def live(week: Week) -> set[Any]:
    return {(stint.agent, stint.start) for stint in live_stints(week)}


def told(publication: Publication) -> Counter[int]:
    """How often each user was told of it."""
    found = Notice.objects.filter(kind=services.PUBLISHED, ref_id=publication.pk)
    return Counter(found.values_list("to_user", flat=True))


@pytest.mark.parametrize(("people", "kills"), [FEW, MANY])
def test_a_publication_cut_down_is_all_or_nothing_and_told_once(
    cast: Cast, deliver: Any, people: int, kills: int
) -> None:
    """The first in the middle of it for certain, others at random moments, the last when it is done: readers find
    the old version or the new one, whole; after the next start everybody touched has one notice of it."""
    crowd, dice = a_crowd(cast, people), random.Random(7)
    once = Counter({each.user_id: 1 for each in crowd})
    rehearsal = make.a_week(cast.world.north, make.MONDAY - timedelta(days=7))
    draft = make.a_draft(rehearsal, make.working_days(rehearsal, crowd, [0]), NOW)
    length = seconds_of(lambda: services.publish(draft_id=draft.pk, by=SYSTEM, at=NOW))
    came = []
    for round_ in range(kills):
        week = make.a_week(cast.world.north, make.MONDAY + timedelta(days=7 * round_))
        make.published(week, make.working_days(week, crowd[:2], [0]), NOW)
        week.refresh_from_db()
        old = live(week)
        draft = make.a_draft(week, make.working_days(week, crowd, [0], start="10:00"), NOW)
        new = {(stint.agent, stint.start) for stint in draft_stints(draft.pk)}
        publish = partial(services.publish, draft_id=draft.pk, by=SYSTEM, at=NOW)
        if round_ == 0:
            cut_down_writing(publish, Planned)
        else:
            publisher = Doer(publish)
            publisher.until_inside()
            if round_ == kills - 1:
                publisher.end()
            else:
                time.sleep(dice.uniform(0, length))
            publisher.cut_down()
        week.refresh_from_db()
        draft.refresh_from_db()
        assert live(week) in (old, new)
        came.append(week.number == 2)
        assert (live(week) == new) == came[-1]
        assert (draft.state == Draft.State.PUBLISHED) == came[-1]
        assert Planned.objects.filter(shift__week=week).count() == planned_pieces(week)
        if not came[-1]:  # whoever starts again finds everything as it was, and publishes
            services.publish(draft_id=draft.pk, by=cast.planner.actor, at=NOW)
        deliver()
        assert told(Publication.objects.get(week=week, number=2)) == once
    assert (came[0], came[-1]) == (False, True)


@pytest.mark.parametrize(("people", "kills"), [FEW, MANY])
def test_the_telling_cut_down_tells_everybody_once(cast: Cast, deliver: Any, people: int, kills: int) -> None:
    """The delivery of one publication killed again and again: what was told stays told, and the last one through
    tells the others; a delivery that comes twice tells nobody anything."""
    crowd, dice = a_crowd(cast, people), random.Random(11)
    rehearsal = make.a_week(cast.world.north, make.MONDAY - timedelta(days=7))
    make.published(rehearsal, make.working_days(rehearsal, crowd, [0]), NOW)
    rehearsed = AnnouncedEvent.objects.filter(delivered_at=None).order_by("pk").latest("pk")
    length = seconds_of(lambda: deliver_one(rehearsed.pk))
    week = make.a_week(cast.world.north)
    make.published(week, make.working_days(week, crowd, [0]), NOW)
    publication = Publication.objects.get(week=week)
    event = AnnouncedEvent.objects.filter(delivered_at=None).order_by("pk").latest("pk")
    done = set[int]()
    for round_ in range(kills):
        if round_ == 0:
            cut_down_writing(lambda: deliver_one(event.pk), Notice)
        else:
            deliverer = Doer(lambda: deliver_one(event.pk))
            deliverer.until_inside()
            time.sleep(dice.uniform(0, length))
            deliverer.cut_down()
        assert set(told(publication).values()) <= {1}
        now = set(Delivery.objects.filter(event=event).exclude(done_at=None).values_list("pk", flat=True))
        assert done <= now
        done = now
        AnnouncedEvent.objects.filter(pk=event.pk).update(delivered_at=None)  # the queue brings it once more
    deliver()
    deliver()
    assert told(publication) == Counter({each.user_id: 1 for each in crowd})


def test_letters_cut_down_are_never_written_twice(
    cast: Cast, deliver: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between letters and in the middle of one: nobody gets two, and each kill loses one at most, whose
    news still stands in the list."""
    kills, at = 4, timezone.now()
    monkeypatch.setattr(DNS_NAME, "_fqdn", "here.example", raising=False)  # asking for it takes seconds
    crowd, dice = a_crowd(cast, LETTERS), random.Random(13)
    week = make.a_week(cast.world.north)
    make.published(week, make.working_days(week, crowd, [0]), NOW)
    deliver()
    Notice.objects.exclude(kind=services.PUBLISHED).delete()
    Notice.objects.update(mail_after=at)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for _ in range(kills):
        sender = Doer(lambda: send_due(at))
        sender.until_inside()
        time.sleep(dice.uniform(0, 0.05))
        sender.cut_down()
    send_due(timezone.now())
    letters = Counter(
        line.removeprefix("To: ")
        for file in (tmp_path / "mail").iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("To: ")
    )
    assert set(letters) <= {each.user.email for each in crowd if each.user}
    assert set(letters.values()) == {1}
    assert len(crowd) - kills <= len(letters)
    assert Notice.objects.filter(mail_after=None).count() == len(crowd)
