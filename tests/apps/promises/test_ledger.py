"""The ledger at its doors: services and pages."""

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.promises import kinds, queries, services
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import reading
from floorwalker.kernel.paging import open_first, page_of
from tests.people import NOW

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    answer = kinds.Kind("test.answer", "answers", lambda ref: f"/about/{ref[1]}/", timedelta(days=2))
    monkeypatch.setitem(kinds.KINDS, "test.answer", answer)


def promise(cast, once="a", owner=None, to=None, what="An answer to your request", due=TOMORROW):
    return services.register(
        kind="test.answer",
        ref=("test.request", 7),
        owner=(owner or cast.supervisor).user.pk,
        to=to or cast.agent.user.pk,
        what=what,
        due=due,
        by=cast.supervisor.actor,
        at=NOW,
        once=once,
    )


def test_the_same_promise_is_written_down_once(cast):
    """A job that runs again promises nothing twice."""
    assert promise(cast).pk == promise(cast).pk
    assert Promise.objects.count() == 1


def test_kept_in_time_and_kept_late(cast):
    """Delivering ends a promise once; when decides how."""
    promise(cast, "in time"), promise(cast, "late")
    assert services.keep(once="in time", by=cast.supervisor.actor, at=NOW).state == "kept"
    assert services.keep(once="late", by=cast.supervisor.actor, at=TOMORROW + timedelta(minutes=1)).state == "late"
    again = services.keep(once="in time", by=cast.supervisor.actor, at=TOMORROW + timedelta(days=9))
    assert (again.state, again.ended_at) == ("kept", NOW)
    assert services.keep(once="never made", by=cast.supervisor.actor, at=NOW) is None


def test_what_nobody_delivers_breaks_after_its_grace_and_the_other_side_is_told_once(cast):
    """Open promises break when due and grace are over, not before; whoever waited is told."""
    promise(cast)
    assert services.lapse(TOMORROW + timedelta(days=2)) == 0
    assert services.lapse(TOMORROW + timedelta(days=2, seconds=1)) == 1
    assert services.lapse(TOMORROW + timedelta(days=3)) == 0
    broken = Promise.objects.get()
    assert (broken.state, bool(broken.why)) == ("broken", True)
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind="promises.broken").count() == 1


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("to_user", flat=True))


def test_its_owner_is_reminded_on_the_last_day_once(cast):
    """Half-way through one day; not before, not again, and not when it was kept meanwhile."""
    promise(cast), promise(cast, "kept")
    half_way = NOW + timedelta(hours=12)
    assert services.tell_owners(half_way - timedelta(seconds=1)) == 0
    services.keep(once="kept", by=cast.supervisor.actor, at=NOW)
    assert services.tell_owners(half_way) == 1
    assert services.tell_owners(TOMORROW) == 0
    assert told("promises.due") == [cast.supervisor.user.pk]
    words = reading.in_words(Notice.objects.get(kind="promises.due"), cast.supervisor.actor).text
    assert "An answer to your request" in words
    services.keep(once="a", by=cast.supervisor.actor, at=TOMORROW)
    assert "kept" in reading.in_words(Notice.objects.get(kind="promises.due"), cast.supervisor.actor).text


def test_who_leads_its_owner_is_told_before_it_breaks(cast):
    """Two days after its day: a supervisor's manager, an agent's supervisor, nobody else, and once."""
    late = promise(cast)
    promise(cast, "by an agent", owner=cast.agent, to=cast.supervisor)
    assert services.tell_leads(TOMORROW + timedelta(days=2, seconds=-1)) == 0
    assert services.tell_leads(TOMORROW + timedelta(days=2)) == 2
    assert services.tell_leads(TOMORROW + timedelta(days=2)) == 0
    assert told("promises.late") == sorted([cast.manager.user.pk, cast.supervisor.user.pk])
    assert set(Promise.objects.values_list("state", flat=True)) == {"open"}
    page = cast.client(cast.manager).get(f"/promises/one/{late.pk}/").content.decode()
    assert "Who leads Supervisor was told" in page


def test_nobody_is_told_of_a_promise_they_may_not_see(cast):
    """A lead without a sight of it gets no notice, rather than one without words."""
    RoleHeld.objects.filter(user=cast.manager.user).update(scope="site", scope_id=cast.world.south.pk)
    promise(cast)
    services.tell_leads(TOMORROW + timedelta(days=2))
    assert told("promises.late") == []


@pytest.mark.parametrize("key", ["quality.check_me", "quality.dispute"])
def test_answers_somebody_asked_for_are_told_of_after_one_day(key):
    """Kinds may say sooner than the two days of all others."""
    assert kinds.KINDS[key].lead_after == timedelta(days=1)


def test_withdrawing_needs_a_reason(cast):
    """Who waits reads why; without a reason nothing happens."""
    promise(cast)
    with pytest.raises(services.WithoutReason):
        services.withdraw(once="a", why="  ", by=cast.supervisor.actor, at=NOW)
    assert (
        services.withdraw(once="a", why="asked for something else", by=cast.supervisor.actor, at=NOW).state
        == "withdrawn"
    )


def test_an_unknown_kind_is_a_mistake_of_ours(cast):
    """Every kind is registered by its domain."""
    with pytest.raises(LookupError, match="no kind of promise"):
        services.register(
            kind="nobody.knows",
            ref=("x", 1),
            owner=1,
            to="x",
            what="x",
            due=NOW,
            by=cast.planner.actor,
            at=NOW,
            once="x",
        )


IMPOSSIBLE = [{"to_user": None, "to_text": ""}, {"state": "kept"}, {"state": "broken", "ended_at": NOW}]


@pytest.mark.parametrize("values", IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be(cast, values):
    """A promise is to somebody, ends with a time, and breaks with a reason."""
    made = promise(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=made.pk).update(**values)


def test_who_sees_a_promise(cast):
    """Both sides, who leads one of them, and who sees everything; nobody else, and no difference to nothing."""
    made = promise(cast)
    seen = {p.key for p in cast.everybody if queries.visible_promises(p.actor).filter(pk=made.pk).exists()}
    assert {"supervisor", "agent", "manager", "planner", "hr", "auditor", "site_planner"} <= seen
    assert not {"colleague", "stranger", "other_supervisor", "client_viewer", "recruiter", "token"} & seen
    page = cast.client(cast.stranger).get(f"/promises/one/{made.pk}/")
    nothing = cast.client(cast.stranger).get("/promises/one/999999/")
    assert (page.status_code, nothing.status_code) == (404, 404)


def test_the_list_says_what_is_overdue_and_its_owner_may_say_no(cast, time_machine):
    """The agent sees what is owed; the owner alone may break it off, with a reason the agent reads."""
    made = promise(cast)
    time_machine.move_to(TOMORROW + timedelta(hours=1), tick=False)
    page = cast.client(cast.agent).get("/promises/")
    assert page.status_code == 200
    assert "1 promise is past its day" in page.content.decode()
    assert "Who owes it:" in page.content.decode()  # a phone shows rows without the heads of columns
    cast.client(cast.agent).post(f"/promises/one/{made.pk}/", {"why": "not mine to say"})
    assert Promise.objects.get().state == "open"
    empty = cast.client(cast.supervisor).post(f"/promises/one/{made.pk}/", {"why": ""})
    assert empty.status_code == 422
    why = "The system was replaced."
    cast.client(cast.supervisor).post(f"/promises/one/{made.pk}/", {"why": why})
    assert why in cast.client(cast.agent).get(f"/promises/one/{made.pk}/").content.decode()
    assert why in cast.client(cast.agent).get("/notices/").content.decode()


def test_rates_are_by_name_and_say_too_few(cast):
    """No ranking; four promises are too few to tell, five are not."""
    for n, owner in enumerate([cast.supervisor] * 5 + [cast.other_supervisor]):
        promise(cast, f"s{n}", owner=owner)
        services.keep(once=f"s{n}", by=owner.actor, at=NOW)
    text = cast.client(cast.manager).get("/promises/all/").content.decode()
    assert "too few to tell" in text
    assert text.index("Other Supervisor") < text.index(">Supervisor<")


@pytest.mark.usefixtures("asked_once")
def test_thirty_promises_ask_the_database_as_often_as_three(cast):
    """The list does not ask row by row."""
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = cast.client(cast.agent)
    asked = []
    for many in (3, 30):
        for n in range(many):
            promise(cast, f"{many}-{n}")
        caches["here"].clear()  # which places of the menu are in use is asked both times
        with CaptureQueriesContext(connection) as queries_made:
            browser.get("/promises/")
        asked.append(len(queries_made))
    assert asked[0] == asked[1]


def test_lists_turn_from_what_is_open_to_what_has_ended_and_back(cast):
    """Open by when it is due, then ended, the latest first; each once, over the border between the two too."""
    made = [promise(cast, str(n), due=TOMORROW + timedelta(hours=n % 4)) for n in range(9)]
    for n, each in enumerate(made[5:]):
        services.keep(once=each.once, by=cast.supervisor.actor, at=NOW + timedelta(minutes=n % 2))
    found, order = open_first(Promise.objects.all(), queries.IS_OPEN, due="due", ended="ended_at")
    expected = [row.pk for row in found.order_by(*order)]
    pages = [page_of(found, order, limit=2)]
    while pages[-1].after:
        pages.append(page_of(found, order, after=pages[-1].after, limit=2))
    assert [row.pk for page in pages for row in page.items] == expected
    back = [page_of(found, order, before=page.before, limit=2) for page in pages[1:]]
    assert [[row.pk for row in page.items] for page in back] == [
        [row.pk for row in page.items] for page in pages[:-1]
    ]


def test_every_kind_there_is_stands_on_one_page(cast):
    """With what became of those in sight, also kinds nobody has used; each kind has a name and a grace."""
    made = promise(cast)
    text = cast.client(cast.supervisor).get("/promises/kinds/").content.decode()
    labels = [str(each.label) for each in kinds.kinds().values()]
    assert labels and all(label and html.escape(label[0].upper() + label[1:]) in text for label in labels)
    [line] = [each for each in queries.kind_lines(cast.supervisor.actor) if each.kind.key == made.kind]
    assert line.open == 1
    [unseen] = [each for each in queries.kind_lines(cast.client_viewer.actor) if each.kind.key == made.kind]
    assert unseen.open == 0
