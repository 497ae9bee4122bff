"""Time off the phones at its doors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.offphone import queries, services
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.published import RESOLVER
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.services import WithoutReason
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Entry, Notice
from floorwalker.kernel.periods import Period
from floorwalker.kernel.roles import Role, Scope
from tests.people import NOW

QUEUE = 1
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
SHIFT = Period(MONDAY, MONDAY + timedelta(hours=8))
HALF = timedelta(minutes=30)


def owed(cast, minutes=30, agent=None, once=None):
    return services.owe(
        agent_id=(agent or cast.agent).agent.pk,
        minutes=minutes,
        kind="one_to_one",
        reason="Monthly talk",
        due=NOW + timedelta(days=14),
        by=cast.supervisor.actor,
        at=NOW,
        once=once,
    )


def at_work(*people, period=SHIFT):
    services.tell_presence(
        agents=[p.agent.pk for p in people], between=period, windows=[(p.agent.pk, QUEUE, period) for p in people]
    )


def priced(callers, source="formula", **more):
    services.set_prices(
        group=QUEUE,
        start=MONDAY,
        step_seconds=1800,
        agents=(1.0, 2.0),
        callers=[(c, 3 * c) for c in callers],
        low=[(c / 2, c) for c in callers],
        high=[(2 * c, 5 * c) for c in callers],
        source=source,
        at=NOW,
        **more,
    )


def test_owed_time_is_a_promise_that_is_kept_when_it_took_place(cast):
    """From owed to delivered: the promise opens with the debt and is kept with the session."""
    at_work(cast.agent)
    session = owed(cast)
    assert Promise.objects.get().state == "open"
    services.place(session_id=session.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    services.deliver(session_id=session.pk, by=cast.agent.actor, at=MONDAY + HALF)
    assert Promise.objects.get().state == "kept"
    assert (
        Notice.objects.filter(to_user=cast.agent.user.pk).count() == 2
    )  # owed, placed; delivered was their own doing


def test_the_same_debt_is_made_once(cast):
    assert owed(cast, once="talk:3").pk == owed(cast, once="talk:3").pk


def test_a_name_made_once_opens_nobody_elses_session(cast):
    """The name of another team's debt is answered as if there were none."""
    owed(cast, once="talk:3")
    with pytest.raises(NotFound):
        services.owe(
            agent_id=cast.other_team_agent.agent.pk,
            minutes=30,
            kind="one_to_one",
            reason="Monthly talk",
            due=NOW + timedelta(days=14),
            by=cast.other_supervisor.actor,
            at=NOW,
            once="talk:3",
        )


def test_a_manager_reads_sums_and_nobodys_words(cast):
    """Minutes by kind, in the menu and on the page; no session, no reason, and none in the promise made for it."""
    session = owed(cast)
    browser = cast.client(cast.manager)
    page = browser.get("/time/").content.decode()
    assert "Minutes by kind" in page
    assert "Open:</span> 30</td>" in page
    assert "Nothing is owed" not in page
    promises = browser.get("/promises/all/").content.decode()
    assert "One-to-one, 30 min" in promises
    assert 'href="/time/"' in promises
    api = browser.get("/api/v1/promises?side=all").content.decode()
    assert "One-to-one, 30 min" in api
    for text in (page, promises, api):
        assert "Monthly talk" not in text
        assert f"/time/{session.pk}/place" not in text
    assert browser.get(f"/time/{session.pk}/").status_code == 404
    assert browser.get(f"/api/v1/offphone-sessions/{session.pk}").status_code == 404
    with pytest.raises(NotFound):
        services.deliver(session_id=session.pk, by=cast.manager.actor, at=NOW)


def test_sums_of_nothing_say_so(cast):
    assert "No time was promised yet" in cast.client(cast.manager).get("/time/").content.decode()


def test_who_leads_one_team_does_not_deliver_for_another(cast):
    """A supervisor who is a manager too has the other team's time in their sums, and says nothing about it."""
    at_work(cast.agent)
    session = owed(cast)
    services.place(session_id=session.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    RoleHeld.objects.create(
        user=cast.other_supervisor.user, role=Role.MANAGER, scope=Scope.ALL, given_at=NOW, given_by="the cast"
    )
    assert [each.open for each in queries.kept_minutes(cast.other_supervisor.actor, NOW)] == [30]
    with pytest.raises(NotFound):
        services.deliver(session_id=session.pk, by=cast.other_supervisor.actor, at=NOW)


def test_the_agent_reads_what_was_done_with_their_time(cast):
    """Every entry of the audit about a session is about its agent."""
    owed(cast)
    assert Entry.objects.get(verb="offphone.owed").person == cast.agent.user.pk


def test_programs_ask_and_owe(cast):
    """What is made through the API is answered with 201 and the session."""
    asking = {"minutes": 30, "kind": "one_to_one", "reason": "A talk"}
    url = "/api/v1/offphone-sessions"
    answer = cast.client(cast.agent).post(f"{url}/ask", asking, content_type="application/json")
    assert (answer.status_code, answer.json()["agent_id"]) == (201, cast.agent.agent.pk)
    owing = asking | {"agent_id": cast.agent.agent.pk, "due": "2026-03-20T12:00:00Z"}
    answer = cast.client(cast.supervisor).post(url, owing, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (201, "owed")


def test_the_cheapest_slots_come_first_and_the_price_is_kept(cast):
    """Of a day whose second hour costs nothing, that hour is offered first."""
    at_work(cast.agent)
    priced([4, 4, 0, 0] + [2] * 12)
    slots = queries.cheap_slots([cast.agent.agent.pk], 60, SHIFT, actor=cast.supervisor.actor)
    assert (slots[0].start, slots[0].callers) == (MONDAY + timedelta(hours=1), 0)
    session = owed(cast, 30)
    placed = services.place(session_id=session.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    assert placed.callers == pytest.approx(4)


@pytest.mark.parametrize(
    ("source", "band", "said"),
    [
        ("formula", "(quiet to busy day:", "by formula"),
        ("simulation", "on average (95 % sure:", "simulated 4 Mar 10:00"),
    ],
)
def test_a_price_says_its_band_and_how_it_was_found(cast, source, band, said):
    """What a slot costs in words: callers, both ends of its band, of what it is one, and how it was found."""
    at_work(cast.agent)
    priced([0.4] * 16, source)
    slots = queries.cheap_slots([cast.agent.agent.pk], 30, SHIFT, actor=cast.supervisor.actor)
    assert slots[0].words == f"about 0.4 callers lost {band} 0.2–0.8), {said}"
    assert slots[0].source == source


def test_a_price_says_its_money_and_the_version_of_the_roster_it_is_of(cast, monkeypatch):
    """Callers and money with their bands; once another version is published it is marked older, in words."""
    at_work(cast.agent)
    money = [[(4.8 * k, 12.0 * k)] * 16 for k in (1, 0.5, 2)]
    priced([0.4] * 16, "simulation", money=money, currency="EUR", roster=(70, 3))
    monkeypatch.setattr(RESOLVER, "current", set)

    def slot():
        return queries.cheap_slots([cast.agent.agent.pk], 30, SHIFT, actor=cast.supervisor.actor)[0]

    said = "about 0.4 callers lost on average (95 % sure: 0.2–0.8), 5 EUR (2–10), simulated 4 Mar 10:00"
    assert slot().words == f"{said} for version 3 of the roster"
    monkeypatch.setattr(RESOLVER, "current", lambda known: known - {70})
    assert slot().words == f"{said} for version 3 of the roster, older: the roster has changed since"
    url = f"/api/v1/offphone-sessions/{owed(cast).pk}/slots?first=2026-03-09T00:00:00Z&days=5"
    read = cast.client(cast.supervisor).get(url).json()[0]
    assert (read["money"], read["currency"], read["roster"], read["older"]) == (4.8, "EUR", 3, True)


def test_the_three_numbers_of_a_price_are_equally_exact(cast):
    """Next to nothing, surely less than a tenth."""
    at_work(cast.agent)
    priced([0.02] * 16, "simulation")
    slot = queries.cheap_slots([cast.agent.agent.pk], 30, SHIFT, actor=cast.supervisor.actor)[0]
    assert slot.words.startswith("about 0.02 callers lost on average (95 % sure: 0.01–0.04), simulated")
    assert queries.price_words(replace(slot, callers=0.0, low=0.0)).startswith(
        "about 0.00 callers lost on average (95 % sure: 0.00–0.04), simulated"
    )


def test_a_price_of_nothing_is_said_in_words(cast):
    """“0.0 callers (0.0–0.0), 0 EUR” is no news to anybody."""
    at_work(cast.agent)
    priced([0.0] * 16, "simulation", money=[[(0.01, 0.02)] * 16] * 3, currency="EUR")
    (slot, *_) = queries.cheap_slots([cast.agent.agent.pk], 30, SHIFT, actor=cast.supervisor.actor)
    assert slot.words.startswith("hardly a caller lost (95 % sure: fewer than one in two hundred such times), sim")
    assert "EUR" not in slot.words


def test_another_session_at_that_time_raises_the_price_and_takes_the_place(cast):
    """Two of a group away cost more than twice one; one agent is never in two sessions."""
    at_work(cast.agent, cast.colleague)
    priced([4] * 16)
    first = owed(cast)
    services.place(session_id=first.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    found = queries.cheap_slots([cast.colleague.agent.pk], 30, SHIFT, actor=cast.supervisor.actor, wanted=40)
    by_start = {slot.start: slot.callers for slot in found}
    assert by_start[MONDAY + HALF] == pytest.approx(4)
    assert by_start.get(MONDAY, 8) == pytest.approx(8)
    again = owed(cast)
    with pytest.raises(services.NotOnThePhones):
        services.place(session_id=again.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)


def test_outside_the_shift_there_is_no_place(cast):
    at_work(cast.agent)
    session = owed(cast)
    late = SHIFT.end - timedelta(minutes=15)
    with pytest.raises(services.NotOnThePhones):
        services.place(session_id=session.pk, start=late, version=1, by=cast.supervisor.actor, at=NOW)


def test_two_planners_on_one_session(cast):
    """Who saw an older version is told so, and nothing changes."""
    at_work(cast.agent)
    session = owed(cast)
    services.place(session_id=session.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(Stale):
        services.place(session_id=session.pk, start=MONDAY + HALF, version=1, by=cast.planner.actor, at=NOW)
    assert Session.objects.get().period.lower == MONDAY


def test_a_session_lost_to_a_changed_shift_stays_owed(cast):
    """When the shift around it moves away, the debt remains and the agent is told."""
    at_work(cast.agent)
    session = owed(cast)
    services.place(session_id=session.pk, start=MONDAY, version=1, by=cast.supervisor.actor, at=NOW)
    at_work(cast.agent, period=Period(MONDAY + timedelta(hours=4), SHIFT.end))
    services.tell_presence(agents=[cast.agent.agent.pk], between=SHIFT, windows=[])
    assert services.reclaim(agents=[cast.agent.agent.pk], between=SHIFT, by=SYSTEM, at=NOW) == 1
    session.refresh_from_db()
    assert (session.state, session.period) == ("owed", None)
    assert Promise.objects.get().state == "open"


def test_only_the_agent_lets_go(cast):
    """A lead cannot forgive what is owed to somebody else; the agent can, and the promise is withdrawn."""
    session = owed(cast)
    with pytest.raises(services.NotThatWay):
        services.let_go(session_id=session.pk, why="no time", by=cast.supervisor.actor, at=NOW)
    services.let_go(session_id=session.pk, why="settled in the corridor", by=cast.agent.actor, at=NOW)
    assert Promise.objects.get().state == "withdrawn"


def test_what_an_agent_asks_for_is_agreed_or_declined_with_a_reason(cast):
    asked = services.ask(minutes=45, kind="training", reason="The new tariff", by=cast.agent.actor, at=NOW)
    with pytest.raises(WithoutReason):
        services.decline(session_id=asked.pk, answer=" ", by=cast.supervisor.actor, at=NOW)
    with pytest.raises(services.NotThatWay):
        services.deliver(session_id=asked.pk, by=cast.agent.actor, at=NOW)
    services.grant(session_id=asked.pk, due=NOW + timedelta(days=7), by=cast.supervisor.actor, at=NOW)
    assert Promise.objects.get().owner_id == cast.supervisor.user.pk


def test_contractors_are_offered_time_never_given_it(cast):
    """W-06: nobody owes a contractor a session they did not ask for."""
    with pytest.raises(services.ContractorIsOffered):
        owed(cast, agent=cast.contractor)


def test_whom_one_does_not_lead_does_not_exist(cast):
    """Another team's agent is not found, for debts, slots and pages alike."""
    with pytest.raises(NotFound):
        owed(cast, agent=cast.other_team_agent)
    with pytest.raises(NotFound):
        queries.cheap_slots([cast.other_team_agent.agent.pk], 30, SHIFT, actor=cast.supervisor.actor)
    session = owed(cast)
    assert cast.client(cast.colleague).get(f"/time/{session.pk}/").status_code == 404
    assert cast.client(cast.agent).get(f"/time/{session.pk}/").status_code == 200


def test_the_database_refuses_what_cannot_be(cast):
    """No time without being placed, no debt without a debtor."""
    session = owed(cast)
    for values in ({"state": "placed"}, {"owner": None}, {"minutes": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(**values)


def test_a_lead_promises_and_places_in_the_browser(cast, time_machine):
    """The way through the pages: promise, pick the first slot shown, see it placed."""
    time_machine.move_to(NOW, tick=False)
    at_work(cast.agent)
    priced([4, 4, 0, 0] + [2] * 12)
    browser = cast.client(cast.supervisor)
    wrong = browser.post("/time/owe/", {"agent": cast.agent.agent.pk})
    assert wrong.status_code == 422
    page = browser.post(
        "/time/owe/",
        {
            "agent": cast.agent.agent.pk,
            "kind": "one_to_one",
            "minutes": 60,
            "reason": "Monthly talk",
            "due": "2026-03-20",
        },
        follow=True,
    )
    text = page.content.decode()
    assert "Place it here" in text
    start = text.split('name="start" value="')[1].split('"')[0]
    placed = browser.post(page.request["PATH_INFO"] + "place/", {"start": start, "version": 1}, follow=True)
    assert "has a time" in placed.content.decode()
    assert Session.objects.get().period.lower == MONDAY + timedelta(hours=1)
    mine = cast.client(cast.agent).get("/time/").content.decode()
    assert "Time owed to you" in mine
    assert "Monthly talk" in mine


def test_what_is_late_and_how_often_time_was_taken_away_is_told_by_kind(cast):
    """A debt that waits is seen to grow older, by page and program; nobody's name or words with it."""
    at_work(cast.agent)
    session = owed(cast)
    owed(cast, minutes=45, agent=cast.colleague)
    for version in (1, 3):
        services.place(session_id=session.pk, start=MONDAY, version=version, by=cast.supervisor.actor, at=NOW)
        services.lose(session_id=session.pk, answer="A surge", by=cast.supervisor.actor, at=NOW)
    [kept] = queries.kept_minutes(cast.manager.actor, NOW)
    assert kept[1:] == (0, 75, 0, None, 2)
    due = NOW + timedelta(days=14)
    [kept] = queries.kept_minutes(cast.manager.actor, due + timedelta(minutes=1))
    assert kept[1:] == (0, 75, 75, due, 2)
    services.place(session_id=session.pk, start=MONDAY, version=5, by=cast.supervisor.actor, at=NOW)
    services.deliver(session_id=session.pk, by=cast.agent.actor, at=MONDAY + HALF)
    [kept] = queries.kept_minutes(cast.manager.actor, due + timedelta(days=1))
    assert kept[1:] == (30, 45, 45, due, 2)
    browser = cast.client(cast.manager)
    [told] = browser.get("/api/v1/offphone-minutes").json()
    assert (told["delivered"], told["open"], told["times_lost"]) == (30, 45, 2)
    page = browser.get("/time/").content.decode()
    assert "Times taken away" in page and "Monthly talk" not in page
