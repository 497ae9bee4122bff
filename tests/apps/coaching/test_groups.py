"""Group sessions at their doors: from the plan to the promise, and sheets nobody can lead back to anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import GroupSession, ReturnSheet, Touch
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry, Notice
from floorwalker.kernel.periods import Period
from tests.people import NOW, STARTED, Person

ANSWERS = {"worth": 4, "heard": 5, "clear": 3}


def more_people(cast, number):
    found = []
    for n in range(number):
        user = User.objects.create(email=f"more{n}@example.org", name=f"More {n}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=NOW, given_by="x")
        agent = Agent.objects.create(
            user=user, name=user.name, number=f"M{n:03}", team=cast.world.north_one, started_on=STARTED
        )
        found.append(Person(f"more{n}", user, agent))
    return found


def planned(cast, people, at=NOW, **more):
    values = {"title": "Long calls", "topic": "What makes them long", "minutes": 45, "due": at + timedelta(days=9)}
    agents = [each.agent.pk for each in people]
    return services.plan_group(**values | more, agent_ids=agents, by=cast.supervisor.actor, at=at)


def held(cast, people, absent=(), at=NOW):
    group = planned(cast, people, at=at)
    return services.hold_group(
        group_id=group.pk,
        absent_ids=[each.agent.pk for each in absent],
        version=group.version,
        by=cast.supervisor.actor,
        at=at,
    )


def returned(group, person, **more):
    services.return_sheet(group_id=group.pk, answers=ANSWERS, by=person.actor, at=NOW + timedelta(hours=1), **more)


@pytest.fixture
def five(cast):
    return [cast.agent, cast.colleague, *more_people(cast, 3)]


def test_a_lead_plans_it_and_everybody_is_owed_the_minutes(cast):
    """From the team to the page; the contractor is asked along, nothing is owed to them."""
    browser = cast.client(cast.supervisor)
    team = cast.world.north_one.pk
    assert "Colleague" in browser.get(f"/coaching/groups/new/?team={team}").content.decode()
    form = {
        "title": "Long calls",
        "topic": "x",
        "minutes": 45,
        "due": "2099-03-12",
        "agents": [each.agent.pk for each in (cast.agent, cast.colleague, cast.contractor)],
    }
    answer = browser.post(f"/coaching/groups/new/?team={team}", form)
    group = GroupSession.objects.get()
    assert answer.headers["Location"] == f"/coaching/groups/{group.pk}/"
    owed = Session.objects.filter(kind="team", state="owed", owner=cast.supervisor.user)
    assert {each.agent_id for each in owed} == {cast.agent.agent.pk, cast.colleague.agent.pk}
    assert "offered" in browser.get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "Long calls" in cast.client(cast.contractor).get("/coaching/groups/").content.decode()
    assert "plans “Long calls” with you" in cast.client(cast.agent).get("/notices/").content.decode()
    assert cast.client(cast.other_team_agent).get(f"/coaching/groups/{group.pk}/").status_code == 404
    assert cast.client(cast.manager).get(f"/coaching/groups/{group.pk}/").status_code == 404


def test_bad_plans_are_refused_in_a_sentence(cast):
    """One person is no group, the day is over, and another supervisor's people are not found."""
    with pytest.raises(services.NobodyToMeet):
        planned(cast, [cast.agent])
    with pytest.raises(services.GroupTime, match="choose a later one"):
        planned(cast, [cast.agent, cast.colleague], due=NOW)
    with pytest.raises(NotFound):
        planned(cast, [cast.agent, cast.other_team_agent])
    form = {"title": "", "topic": "x", "minutes": 45, "due": "2099-03-12"}
    answer = cast.client(cast.supervisor).post(f"/coaching/groups/new/?team={cast.world.north_one.pk}", form)
    assert answer.status_code == 422
    assert "Choose them." in answer.content.decode()


def test_one_time_for_everybody_or_for_nobody(cast):
    """The cheapest slots are those in which all are on the phones; where one cannot, nobody is moved."""
    group = planned(cast, [cast.agent, cast.colleague])
    shift = Period(NOW, NOW + timedelta(hours=6))
    agents = [cast.agent.agent.pk, cast.colleague.agent.pk]
    offphone.tell_presence(agents=agents, between=shift, windows=[(each, 1, shift) for each in agents])
    start = NOW + timedelta(hours=1)
    late = NOW + timedelta(hours=9)
    with pytest.raises(offphone.NotOnThePhones):
        services.give_group_time(group_id=group.pk, start=late, version=1, by=cast.supervisor.actor, at=NOW)
    page = queries.group_page(cast.supervisor.actor, group.pk, shift, NOW)
    assert page.slots
    services.give_group_time(group_id=group.pk, start=start, version=1, by=cast.supervisor.actor, at=NOW)
    assert Session.objects.filter(state="placed", period__startswith=start).count() == 2
    assert GroupSession.objects.get().begins == start


def test_the_cheapest_time_for_all_of_them_comes_first(cast):
    """Two agents of two groups, six hours: each group has a free hour of its own, but in one the other is dear.

    The hour that is cheapest for both together is offered first, at the price of both.
    """
    group = planned(cast, [cast.agent, cast.colleague])
    shift = Period(NOW, NOW + timedelta(hours=6))
    for number, person in enumerate((cast.agent, cast.colleague), start=1):
        agent = person.agent.pk
        offphone.tell_presence(agents=[agent], between=shift, windows=[(agent, number, shift)])
    for number, hours in ((1, (0, 9, 2, 5, 5, 5)), (2, (9, 0, 3, 5, 5, 5))):
        rows = [[callers] for callers in hours]
        offphone.set_prices(
            group=number,
            start=NOW,
            step_seconds=3_600,
            agents=[1],
            callers=rows,
            low=rows,
            high=rows,
            source="simulation",
            at=NOW,
        )
    best = queries.group_page(cast.supervisor.actor, group.pk, shift, NOW).slots[0]
    assert best.start == NOW + timedelta(hours=2)
    assert best.callers == pytest.approx((2 + 3) * 45 / 60)
    first = f"/coaching/groups/{group.pk}/"
    assert cast.client(cast.supervisor).get(first).status_code == 200


def test_a_trainer_finds_a_time_with_people_whose_shifts_others_plan(cast):
    """Owed by the trainer, placed for all of them at once; nothing else of their time is the trainer's."""
    by = cast.trainer.actor
    group = services.plan_group(
        title="The new tariff", topic="What callers ask", minutes=45, due=NOW + timedelta(days=9),
        agent_ids=[cast.agent.agent.pk, cast.colleague.agent.pk], by=by, at=NOW,
    )  # fmt: skip
    shift = Period(NOW, NOW + timedelta(hours=6))
    for person in (cast.agent, cast.colleague):
        agent = person.agent.pk
        offphone.tell_presence(agents=[agent], between=shift, windows=[(agent, 1, shift)])
    slots = queries.group_page(by, group.pk, shift, NOW).slots
    assert slots and queries.group_page(cast.agent.actor, group.pk, shift, NOW).slots == []
    path, at_ten = f"/coaching/groups/{group.pk}/time/", slots[0].start
    start = f"{at_ten:%Y-%m-%dT%H:%M:%S%z}"
    assert cast.client(cast.trainer).post(path, {"start": start, "version": group.version}).status_code == 302
    sessions = Session.objects.filter(once__startswith=f"group:{group.pk}:")
    assert [(each.state, each.period.lower) for each in sessions] == [("placed", at_ten)] * 2
    other = Session.objects.exclude(pk__in=sessions)
    assert not other.exists() and cast.client(cast.trainer).get("/time/owe/").status_code == 404


def test_held_it_is_counted_as_a_touch_but_ends_nobodys_silence(cast):
    """Minutes of who came are delivered, of who did not are owed no more; among twenty nobody was spoken to."""
    held(cast, [cast.agent, cast.colleague], absent=[cast.colleague])
    touch = Touch.objects.get()
    assert (touch.agent_id, touch.kind, touch.minutes) == (cast.agent.agent.pk, "group", 45)
    states = dict(Session.objects.values_list("agent__name", "state"))
    assert states == {"Agent": "delivered", "Colleague": "fell_away"}
    later = NOW + timedelta(days=9)
    lines = {line.agent.name: line for line in queries.attention(cast.supervisor.actor, later)}
    assert lines["Agent"].silent == lines["Colleague"].silent >= 9


def test_the_whole_way_to_a_kept_promise(cast, five):
    """Five sheets come back, are shown when their days are over, and what will change is promised and kept."""
    group = held(cast, five)
    for person in five:
        returned(group, person, keep="The examples", change="Shorter")
    early = cast.client(cast.supervisor).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "The examples" not in early
    assert "Nothing is shown before" in early
    with pytest.raises(services.SheetsStillOpen):
        services.close_group(
            group_id=group.pk,
            outcome="x",
            outcome_due=NOW + timedelta(days=9),
            version=2,
            by=cast.supervisor.actor,
            at=NOW,
        )
    after = NOW + timedelta(days=5)
    assert services.take_in_sheets(after) == 1
    assert services.take_in_sheets(after) == 0
    for who in (cast.supervisor, cast.agent):
        late = cast.client(who).get(f"/coaching/groups/{group.pk}/").content.decode()
        assert late.count("The examples") == 5
    assert "say what will change" in cast.client(cast.supervisor).get("/").content.decode().lower()
    version = GroupSession.objects.get().version
    form = {"outcome": "Ten minutes shorter", "due": "2099-01-01", "version": version}
    refused = cast.client(cast.supervisor).post(f"/coaching/groups/{group.pk}/close/", form)
    assert refused.status_code == 422
    services.close_group(
        group_id=group.pk,
        outcome="Ten minutes shorter",
        outcome_due=after + timedelta(days=20),
        version=version,
        by=cast.supervisor.actor,
        at=after,
    )
    promise = Promise.objects.get(kind=services.GROUP_PROMISE)
    assert (promise.owner_id, promise.to_text, promise.state) == (cast.supervisor.user.pk, "a group of 5", "open")
    assert "Ten minutes shorter" in cast.client(cast.agent).get(f"/coaching/groups/{group.pk}/").content.decode()
    group = GroupSession.objects.get()
    cast.client(cast.supervisor).post(f"/coaching/groups/{group.pk}/kept/", {"version": group.version})
    promise.refresh_from_db()
    assert promise.state in ("kept", "late")


def test_fewer_than_five_sheets_are_deleted_unread(cast, five):
    """Four came back: nothing is shown, not even how many, and the rows are gone."""
    group = held(cast, five)
    for person in five[:4]:
        returned(group, person, change="Secret words")
    services.take_in_sheets(NOW + timedelta(days=5))
    assert not ReturnSheet.objects.exists()
    assert GroupSession.objects.get().returned is None
    page = cast.client(cast.supervisor).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "Fewer than 5 sheets came back" in page
    assert "Secret words" not in page


def test_where_fewer_than_five_came_no_sheet_is_asked(cast):
    """It is said why, and the session can be closed at once."""
    group = held(cast, [cast.agent, cast.colleague])
    assert group.sheets_until is None
    with pytest.raises(services.NoSheet):
        returned(group, cast.agent)
    page = cast.client(cast.supervisor).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "so no sheet was asked for" in page
    assert "Say what will change" in page


def test_one_sheet_each_and_no_row_says_whose(cast, five):
    """By page, a second is refused, also by the database. Nothing else is written, and the keys go at the end."""
    now = datetime.now(UTC)
    group, browser = held(cast, five, at=now), cast.client(cast.agent)
    assert "Fill in the sheet" in browser.get("/").content.decode()
    form = {**ANSWERS, "keep": "The examples", "change": ""}
    before = (Entry.objects.count(), Notice.objects.count(), Promise.objects.count())
    address = f"/coaching/groups/{group.pk}/sheet/"
    assert "Without your name" in browser.get(address).content.decode()
    assert browser.post(address, {"worth": 4}).status_code == 422
    assert browser.post(address, form).status_code == 302
    assert "There is nothing to return here" in browser.get(address).content.decode()
    assert "Fill in the sheet" not in browser.get("/").content.decode()
    assert (Entry.objects.count(), Notice.objects.count(), Promise.objects.count()) == before
    assert browser.post(address, form).status_code == 409
    sheet = ReturnSheet.objects.get()
    names = {field.name for field in sheet._meta.concrete_fields}
    assert names == {"id", "group", "key", "worth", "heard", "clear", "keep", "change"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnSheet.objects.create(group=group, key=sheet.key, **ANSWERS)
    for person in five[1:]:
        services.return_sheet(group_id=group.pk, answers=ANSWERS, by=person.actor, at=now)
    services.take_in_sheets(now + timedelta(days=5))
    assert set(ReturnSheet.objects.values_list("key", flat=True)) == {None}
    assert sheet.pk not in ReturnSheet.objects.values_list("pk", flat=True)


def test_delicate_words_and_gaps_are_answered_in_place(cast, five):
    """A sheet without an answer is refused; words on health are asked about once."""
    group = held(cast, five)
    with pytest.raises(services.SheetNotFilled):
        services.return_sheet(group_id=group.pk, answers={"worth": 9}, by=cast.agent.actor, at=NOW)
    with pytest.raises(services.DelicateWords):
        returned(group, cast.agent, change="My migraine was bad")
    returned(group, cast.agent, change="My migraine was bad", meant=True)
    with pytest.raises(services.NoSheet):
        returned(group, cast.agent)


def test_called_off_with_why(cast):
    """The minutes are owed no more and everybody reads why; a second time it is refused."""
    group = planned(cast, [cast.agent, cast.colleague])
    browser = cast.client(cast.supervisor)
    form = {"why": "The roof leaks", "version": group.version}
    assert browser.post(f"/coaching/groups/{group.pk}/cancel/", form).status_code == 302
    assert set(Session.objects.values_list("state", flat=True)) == {"fell_away"}
    assert "The roof leaks" in cast.client(cast.agent).get(f"/coaching/groups/{group.pk}/").content.decode()
    form["version"] = group.version + 1
    assert browser.post(f"/coaching/groups/{group.pk}/cancel/", form).status_code == 409


def to_north_two(cast, *people):
    for each in people:
        each.agent.team = cast.world.north_two
        each.agent.save()


def promised(kind):
    return sorted(Promise.objects.filter(kind=kind).values_list("owner__name", "state"))


def test_a_session_goes_on_with_who_leads_its_people_now(cast):
    """One who still leads some keeps it; else minutes are promised anew by the new lead, and everybody is told."""
    group = planned(cast, [cast.agent, cast.colleague])
    to_north_two(cast, cast.agent)
    assert services.follow_leads(at=NOW) == 0
    to_north_two(cast, cast.colleague)
    assert services.follow_leads(agent_id=cast.colleague.agent.pk, at=NOW) == 1
    owed = [("Other Supervisor", "open")] * 2 + [("Supervisor", "withdrawn")] * 2
    assert promised("offphone.owed") == owed
    assert set(Session.objects.values_list("owner__name", flat=True)) == {"Other Supervisor"}
    new = cast.client(cast.other_supervisor)
    assert "is yours to lead now" in new.get("/notices/").content.decode()
    assert "goes on with Other Supervisor" in cast.client(cast.agent).get("/notices/").content.decode()
    assert "Call it off" in new.get(f"/coaching/groups/{group.pk}/").content.decode()
    assert cast.client(cast.supervisor).get(f"/coaching/groups/{group.pk}/").status_code == 404
    assert services.follow_leads(at=NOW) == 0


def test_a_word_to_a_group_is_owed_by_who_leads_after_its_lead_left(cast, five):
    """Whoever came is told; the new lead has a week for it at least and keeps it."""
    group = held(cast, five[:3])
    services.close_group(
        group_id=group.pk, outcome="A quiet room", outcome_due=NOW + timedelta(days=2), version=group.version,
        by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    User.objects.filter(pk=cast.supervisor.user.pk).update(is_active=False)
    assert services.follow_leads(at=NOW) == 0  # nobody leads them yet
    RoleHeld.objects.create(
        user=cast.other_supervisor.user, role="supervisor", scope="team", scope_id=cast.world.north_one.pk,
        given_at=NOW, given_by="x",
    )  # fmt: skip
    assert services.follow_leads(at=NOW) == 1
    assert promised("coaching.group_word") == [("Other Supervisor", "open"), ("Supervisor", "withdrawn")]
    group.refresh_from_db()
    assert group.outcome_due == NOW + timedelta(days=7)
    told = Notice.objects.filter(kind="coaching.group_handed").values_list("to_user", flat=True)
    assert set(told) == {each.user.pk for each in [*five[:3], cast.other_supervisor]}
    page = cast.client(cast.other_supervisor).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "It has changed" in page
    who = cast.other_supervisor.actor
    services.keep_group_word(group_id=group.pk, version=group.version, by=who, at=NOW)
    assert promised("coaching.group_word") == [("Other Supervisor", "kept"), ("Supervisor", "withdrawn")]


def test_a_session_nobody_leads_waits_for_its_day_and_is_called_off(cast):
    """With the reason, which its people read; no promise breaks."""
    group = planned(cast, [cast.agent, cast.colleague])
    cast.supervisor.user.roles_held.all().delete()
    assert services.follow_leads(at=NOW) == 0
    group.refresh_from_db()
    assert group.state == "planned"
    services.follow_leads(at=group.due - timedelta(hours=5))
    page = cast.client(cast.agent).get(f"/coaching/groups/{group.pk}/").content.decode()
    assert "nobody leads the group any more" in page
    assert promised("offphone.owed") == [("Supervisor", "withdrawn")] * 2


def test_who_has_left_is_expected_no_more(cast, five):
    """The others can be given a time again; when nobody is left it is called off."""
    group = planned(cast, five[:2])
    for each in five[:2]:
        each.agent.left_on, each.agent.leaving_reason = NOW.date(), cast.world.reason
        each.agent.save()
    services.end_of_leaver(agent_id=five[0].agent.pk, at=NOW)
    group.refresh_from_db()
    assert (group.state, group.members.get().agent) == ("planned", five[1].agent)
    assert services.end_of_leavers(NOW) == 1
    group.refresh_from_db()
    assert (group.state, group.answer) == ("cancelled", "the agent has left")
    assert promised("offphone.owed") == [("Supervisor", "withdrawn")] * 2


def test_only_who_leads_it_moves_it(cast):
    """A member finds the page, and no verb."""
    group = planned(cast, [cast.agent, cast.colleague])
    body = {"absent_ids": [], "version": 1}
    for who in (cast.agent, cast.quality_analyst, cast.other_supervisor):
        answer = cast.client(who).post(f"/api/v1/groups/{group.pk}/hold", body, content_type="application/json")
        assert answer.status_code in (403, 404), who.key
