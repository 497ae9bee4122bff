"""The same thing done twice at one moment: one answer, or a refusal in words – never the database's own error."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.demand import services as demand
from floorwalker.apps.demand.models import Queue, SpecialDay
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Presence, Session
from floorwalker.apps.people import queries as people_queries
from floorwalker.apps.people import services as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.schedules import services as schedules
from floorwalker.apps.schedules.models import ChangeRequest
from floorwalker.kernel.files.tables import read_table
from floorwalker.kernel.periods import Period
from tests.factories import schedules as make
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

TWINS = 8
DAY = date(2026, 4, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def owe(cast: Cast) -> Session:
    assert cast.agent.agent is not None
    more = {"minutes": 30, "kind": "feedback", "reason": "talk", "due": NOW + timedelta(days=7), "once": "talk:1"}
    return offphone.owe(agent_id=cast.agent.agent.pk, **more, by=cast.supervisor.actor, at=NOW)  # type: ignore[arg-type]


def test_owed_once_however_often_it_is_said_at_a_time(cast: Cast) -> None:
    """All get the same session, and one promise is made."""
    done, refused = clean(at_once(*(lambda: owe(cast) for _ in range(TWINS))))
    assert refused == []
    assert len({session.pk for session in done}) == 1
    assert Session.objects.count() == Promise.objects.count() == 1


def a_queue(cast: Cast, name: str = "Help", client: Any = None) -> Queue:
    where = (client or cast.world.aurora).pk, cast.world.north.pk
    return demand.set_up_queue(fields=demand.QueueFields(name, *where), by=cast.planner.actor, at=NOW)


def special(cast: Cast, queues: list[Queue]) -> Any:
    said = {"day": DAY, "name": "Fair", "closed": False, "factor": 1.2}
    return demand.add_special_day(queues=queues, **said, by=cast.planner.actor, at=NOW)  # type: ignore[arg-type]


def test_a_day_is_special_once_and_queues_in_another_order_do_not_wait_for_each_other(cast: Cast) -> None:
    """One is taken, the others are told what the day is already; all of the queues or none."""
    one, two = a_queue(cast), a_queue(cast, "Sales")
    orders = ([one, two], [two, one]) * (TWINS // 2)
    done, refused = clean(at_once(*(lambda o=o: special(cast, o) for o in orders)))
    assert (len(done), len(refused)) == (1, TWINS - 1)
    assert {each.code for each in refused} == {"special_day_taken"}
    assert SpecialDay.objects.count() == 2


def test_a_special_day_taken_back_twice_is_taken_back_once(cast: Cast) -> None:
    """The second hears that somebody was quicker."""
    made = special(cast, [a_queue(cast)])[0]
    twins = (lambda: demand.remove_special_day(special=made, by=cast.planner.actor, at=NOW) for _ in range(2))
    done, refused = clean(at_once(*twins))
    assert len(done) == 1 and [each.code for each in refused] == ["stale"]


def test_the_naive_way_to_look_and_then_write_ends_in_the_databases_error(cast: Cast) -> None:
    """As these services would without a lock: everybody looks, everybody sees nothing, everybody writes."""
    queue = a_queue(cast)

    def naive() -> None:
        with transaction.atomic():
            if not SpecialDay.objects.filter(queue=queue, day=DAY, removed_at=None).exists():
                time.sleep(0.2)
                SpecialDay.objects.create(queue=queue, day=DAY, name="Fair", by_name="twin", at=NOW)

    results = at_once(*(naive for _ in range(TWINS)))
    assert any(isinstance(each, IntegrityError) for each in results)


def test_queues_of_one_name_set_up_for_two_clients_get_keys_of_their_own(cast: Cast) -> None:
    """Both stand; of one client only one does."""
    clients = (cast.world.aurora, cast.world.borealis)
    done, refused = clean(at_once(*(lambda c=c: a_queue(cast, "Help", c) for c in clients * 2)))
    assert (len(done), len(refused)) == (2, 2)
    assert {each.code for each in refused} == {"queue_name_taken"}
    assert len(set(Queue.objects.values_list("key", flat=True))) == 2


def test_a_shift_has_one_open_wish_however_fast_somebody_clicks(cast: Cast) -> None:
    """The second is told of the first."""
    week = make.a_week(cast.world.north)
    make.published(week, make.working_days(week, [cast.agent.agent]), make.BEFORE)  # type: ignore[list-item]
    shift = make.live(cast.agent.agent)[0]  # type: ignore[arg-type]
    wish = {"shift_id": shift.pk, "kind": "drop", "by": cast.agent.actor, "at": NOW}
    done, refused = clean(at_once(*(lambda: schedules.ask(**wish) for _ in range(TWINS))))  # type: ignore[arg-type]
    assert (len(done), len(refused)) == (1, TWINS - 1)
    assert ChangeRequest.objects.count() == 1


def test_presence_told_twice_at_once_is_told_once(cast: Cast) -> None:
    """The later replaces the earlier, and neither collides."""
    assert cast.agent.agent is not None
    agent, between = cast.agent.agent.pk, Period(NOW, NOW + timedelta(hours=8))
    told = {"agents": [agent], "between": between, "windows": [(agent, 1, between)]}
    done, _refused = clean(at_once(*(lambda: offphone.tell_presence(**told) for _ in range(TWINS))))  # type: ignore[arg-type]
    assert len(done) == TWINS and Presence.objects.count() == 1


def test_two_imports_of_the_same_new_people_at_once_write_them_once(cast: Cast, tmp_path: Any) -> None:
    """The slower looks again at what would change, not at an error; places both found are made once."""
    file = tmp_path / "people.csv"
    file.write_text("id,name,site,zone,team\nN1,Noor,East,Asia/Manila,Dawn\nN2,Nils,East,Asia/Manila,Dusk\n")
    table = read_table(file)
    plans = []
    for who in (cast.planner, cast.manager):
        kept = people.take_file(table=table, file_name="people.csv", default_team_id=None, by=who.actor, at=NOW)
        plans.append((kept.pk, people_queries.plan_of(who.actor, kept, NOW.date()).fingerprint, who.actor))
    applied = (
        lambda p=p: people.apply_import(import_id=p[0], fingerprint=p[1], lines=None, by=p[2], at=NOW)
        for p in plans
    )
    done, refused = clean(at_once(*applied))
    assert len(done) == 1 and [each.code for each in refused] == ["people_import_changed"]
    assert Agent.objects.filter(number__in=["N1", "N2"]).count() == 2
