"""One-to-ones at their doors: their minutes, their order of words, what closes them, and who reads them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Note, OneToOne, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry, Notice
from floorwalker.kernel.notices import reading
from floorwalker.kernel.scoping import within
from tests.apps.coaching import talking
from tests.apps.coaching.talking import DAY, DUE, SECRET
from tests.people import NOW


def the_session(talk):
    return Session.objects.get(pk=talk.session)


def follow(talk):
    """As the reaction to what happened off the phones does it."""
    services.follow_session(session_id=talk.session, at=NOW)
    talk.refresh_from_db()
    return talk


def test_a_planned_talk_is_owed_off_the_phones(cast):
    """From the form: minutes are owed by the lead, promised to the agent, never typed."""
    page = cast.client(cast.supervisor).post(
        "/coaching/talks/plan/",
        {"agent": cast.agent.agent.pk, "talk_minutes": 30, "due": (timezone.now() + timedelta(days=9)).date()},
    )
    assert page.status_code == 302, page.content
    session = the_session(OneToOne.objects.get())
    assert (session.kind, session.minutes, session.state, session.owner) == (
        "one_to_one",
        30,
        "owed",
        cast.supervisor.user,
    )
    promise = Promise.objects.get()
    assert (promise.owner, promise.to_user) == (cast.supervisor.user, cast.agent.user)


def test_there_is_one_open_talk_of_two_people(cast):
    """A second is refused with what to do."""
    talking.planned(cast)
    with pytest.raises(services.TalkOpenAlready):
        talking.planned(cast)


def test_it_is_placed_in_one_of_the_cheapest_times_shown(cast):
    """A tap on the page gives it its time; the agent's page says when."""
    talk = talking.planned(cast)
    at = timezone.now()
    talking.on_shift(cast, days=(at - NOW).days + 2)
    browser = cast.client(cast.supervisor)
    slot = queries.talk_page(cast.supervisor.actor, talk, at).times[0]
    answer = browser.post(
        f"/coaching/talks/{talk.pk}/place/",
        {"start": f"{slot.start:%Y-%m-%dT%H:%M:%S%z}", "version": talk.version},
    )
    assert answer.status_code == 302, answer.content
    talk.refresh_from_db()
    assert talk.begins_at == slot.start == the_session(talk).period.lower
    assert "Move it here" in browser.get(f"/coaching/talks/{talk.pk}/").content.decode()


def test_a_lead_holds_one_talk_at_a_time(cast):
    """Two agents, one lead, the same hour: the second is refused, and its slot is not shown."""
    talking.placed(cast)
    other = talking.planned(cast, cast.colleague)
    talking.on_shift(cast, cast.colleague)
    start = NOW.replace(hour=10, minute=15) + timedelta(days=1)
    with pytest.raises(services.LeadTalksThen):
        services.place_talk(talk_id=other.pk, start=start, version=other.version, by=cast.supervisor.actor, at=NOW)
    times = queries.times_for(cast.supervisor.actor, other, NOW)
    assert times and all(not (each.start < start + timedelta(minutes=15) < each.end) for each in times)


def test_a_talk_follows_its_minutes(cast):
    """Moved it moves; lost to a surge it is cancelled, still owed, and told; placed again it is back."""
    talk = talking.placed(cast)
    later = NOW.replace(hour=14, minute=0) + timedelta(days=1)
    session = the_session(talk)
    planner = cast.planner.actor
    offphone.place(session_id=session.pk, start=later, version=session.version, by=planner, at=NOW)
    assert follow(talk).begins_at == later
    offphone.lose(session_id=session.pk, answer="surge", by=planner, at=NOW)
    assert (follow(talk).state, talk.begins_at, the_session(talk).state) == ("cancelled", None, "owed")
    assert Promise.objects.get().state == "open"
    told = Notice.objects.get(to_user=cast.supervisor.user.pk)
    assert "lost its time, still owed" in reading.in_words(told, cast.supervisor.actor).text
    assert "still owed to you" in cast.client(cast.agent).get("/coaching/talks/").content.decode()
    session = the_session(talk)
    offphone.place(session_id=session.pk, start=later, version=session.version, by=planner, at=NOW)
    assert follow(talk).state == "planned"
    offphone.deliver(session_id=session.pk, by=cast.agent.actor, at=NOW)
    assert follow(talk).state == "held"
    assert Touch.objects.get(kind="one_to_one").minutes == 30


def test_the_same_news_twice_changes_nothing(cast):
    """A reaction may come again."""
    talk = talking.placed(cast)
    before = talk.version
    assert follow(follow(talk)).version == before


def test_only_the_agent_lets_it_go(cast):
    """The lead takes its time away, and it stays owed; the agent forgives, and the promise is withdrawn."""
    talk = talking.placed(cast)
    with pytest.raises(services.OneOfTheTwo):
        services.let_go_talk(talk_id=talk.pk, why="", by=cast.supervisor.actor, at=NOW)
    services.cancel_talk(talk_id=talk.pk, why="Too busy.", by=cast.supervisor.actor, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, the_session(talk).state) == ("cancelled", "owed")
    assert cast.client(cast.agent).post(f"/coaching/talks/{talk.pk}/let-go/", {"why": ""}).status_code == 302
    talk.refresh_from_db()
    assert (talk.state, the_session(talk).state, Promise.objects.get().state) == ("let_go", "let_go", "withdrawn")


def test_a_contractor_is_offered_it_and_owes_nothing(cast):
    """No minutes are owed until they take it; then they are asked for, and agreed to by the lead."""
    talk = talking.planned(cast, cast.contractor)
    assert talk.offered and not Session.objects.exists() and not Promise.objects.exists()
    assert cast.client(cast.contractor).post(f"/coaching/talks/{talk.pk}/take/").status_code == 302
    talk.refresh_from_db()
    assert the_session(talk).state == "asked"
    services.agree_time(talk_id=talk.pk, due=DUE, by=cast.supervisor.actor, at=NOW)
    assert the_session(talk).state == "owed"
    services.hold_talk(talk_id=talk.pk, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(services.ContractorSetsOwn):
        talking.action(cast, talk)
    own = talking.action(cast, talk, by=cast.contractor)
    services.agree_action(action_id=own.pk, version=own.version, by=cast.supervisor.actor, at=NOW)
    assert set(Promise.objects.values_list("owner", flat=True)) == {cast.supervisor.user.pk}


def test_a_contractor_says_no_without_a_word(cast):
    """And nothing is left open."""
    talk = talking.planned(cast, cast.contractor)
    services.let_go_talk(talk_id=talk.pk, why="", by=cast.contractor.actor, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.answer) == ("let_go", "")


def test_an_agent_asks_for_a_talk_and_opens_its_agenda(cast):
    """The lead is told, agrees to the time, and reads what it is about."""
    answer = cast.client(cast.agent).post("/coaching/talks/ask/", {"words": SECRET, "talk_minutes": 20})
    assert answer.status_code == 302, answer.content
    talk = OneToOne.objects.get()
    assert (talk.lead, talk.asked_by_agent, the_session(talk).state) == (cast.supervisor.user, True, "asked")
    page = cast.client(cast.supervisor).get(f"/coaching/talks/{talk.pk}/").content.decode()
    assert SECRET in page and "Agree to the time" in page
    due = (timezone.now() + timedelta(days=5)).date()
    assert (
        cast.client(cast.supervisor).post(f"/coaching/talks/{talk.pk}/agree-time/", {"due": due}).status_code
        == 302
    )
    assert the_session(talk).state == "owed"


def test_the_agents_words_come_first(cast):
    """The lead's own are refused until the agent's stand there, said or taken down."""
    talk = talking.held(cast)
    browser = cast.client(cast.supervisor)
    answer = browser.post(f"/coaching/talks/{talk.pk}/note/", {"words": "I saw it otherwise."})
    assert answer.status_code == 422 and "words come first" in answer.content.decode()
    typed = {"words": "It went too fast.", "for_agent": "on"}
    assert browser.post(f"/coaching/talks/{talk.pk}/note/", typed).status_code == 302
    assert browser.post(f"/coaching/talks/{talk.pk}/note/", {"words": "I saw it otherwise."}).status_code == 302
    page = cast.client(cast.agent).get(f"/coaching/talks/{talk.pk}/").content.decode()
    assert "taken down by Supervisor" in page
    assert list(Note.objects.values_list("side", flat=True)) == ["agent", "lead"]


def test_it_closes_only_with_words_one_action_and_a_day(cast):
    """The page says what is missing; the database holds to it past the service."""
    talk = talking.held(cast)
    with pytest.raises(services.TalkIncomplete, match=r"own words.*one action.*day"):
        services.close_talk(talk_id=talk.pk, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(IntegrityError, match="closes with"), transaction.atomic():
        OneToOne.objects.filter(pk=talk.pk).update(state="closed", ended_at=NOW, follow_up_on=DAY)
    talking.spoken(cast, talk)
    talking.action(cast, talk)  # only one side wants it
    with pytest.raises(services.TalkIncomplete, match="one action"):
        services.close_talk(talk_id=talk.pk, by=cast.supervisor.actor, at=NOW)
    why = {"why_no_action": "It went well.", "follow_up_on": DAY + timedelta(days=10)}
    services.close_talk(talk_id=talk.pk, **why, by=cast.supervisor.actor, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, talk.why_no_action) == ("closed", "It went well.")
    promised = Promise.objects.get(kind=services.NEXT_KIND)
    again = services.plan_talk(agent_id=talk.agent_id, talk_minutes=30, due=DUE, by=cast.supervisor.actor, at=NOW)
    promised.refresh_from_db()
    assert (promised.state, again.state) == ("kept", "planned")


def test_what_was_said_never_changes(cast):
    """The database refuses."""
    talk = talking.held(cast)
    talking.spoken(cast, talk)
    for change in (lambda: Note.objects.update(words="x"), lambda: Note.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_lead_prepares_from_evidence(cast):
    """Feedback not talked over is offered, chosen, read by the agent before, and not offered again after."""
    services.give(
        agent_id=cast.agent.agent.pk,
        kind="positive",
        words=SECRET,
        expectation="Let callers finish.",
        by=cast.supervisor.actor,
        at=timezone.now(),
    )
    talk = talking.planned(cast)
    browser = cast.client(cast.supervisor)
    page = browser.get(f"/coaching/talks/{talk.pk}/prepare/").content.decode()
    assert "(positive)" in page and "zqtalksecretqz" not in page
    key = queries.evidence_for(cast.supervisor.actor, talk, timezone.now())[0].key
    assert browser.post(f"/coaching/talks/{talk.pk}/prepare/", {"evidence": [key]}).status_code == 302
    talk.refresh_from_db()
    assert talk.state == "prepared"
    assert "(positive)" in cast.client(cast.agent).get(f"/coaching/talks/{talk.pk}/").content.decode()
    sheet = browser.get(f"/coaching/talks/{talk.pk}/sheet/").content.decode()
    assert "What came of it?" in sheet and sheet.count('class="ui-write"') == 3  # lines to write on, on paper
    assert cast.client(cast.agent).get(f"/coaching/talks/{talk.pk}/sheet/").status_code == 409


def test_a_claim_of_somebody_else_is_parked(cast):
    """Nothing rests on it until it was looked up; who looks it up owes the answer until its day."""
    talk = talking.held(cast)
    claim = services.park_claim(
        talk_id=talk.pk, words="A colleague says so.", until=DUE, by=cast.supervisor.actor, at=NOW
    )
    with pytest.raises(services.ClaimIsNoGround):
        talking.action(cast, talk, measure="", item_id=claim.pk)
    sheet = cast.client(cast.supervisor).get(f"/coaching/talks/{talk.pk}/sheet/").content.decode()
    assert "A colleague says so." not in sheet and "Not to be stated" in sheet
    assert Promise.objects.get(kind=services.CLAIM_KIND).state == "open"
    with pytest.raises(services.ClaimSettled):
        services.settle_claim(item_id=claim.pk, outcome="dropped", words="No.", by=cast.agent.actor, at=NOW)
    services.settle_claim(
        item_id=claim.pk, outcome="evidence", words="Contact K-17.", by=cast.supervisor.actor, at=NOW
    )
    assert Promise.objects.get(kind=services.CLAIM_KIND).state == "kept"
    assert talking.action(cast, talk, measure="", item_id=claim.pk).item == claim


def reads(cast, person, talk, action):
    """What one person gets to see anywhere of a talk."""
    browser = cast.client(person)
    browser.raise_request_exception = False
    shown = ""
    for address in (
        f"/coaching/talks/{talk.pk}/",
        f"/coaching/talks/{talk.pk}/sheet/",
        f"/coaching/talks/{talk.pk}/prepare/",
        "/coaching/talks/",
        "/coaching/talks/list/held/",
        "/coaching/talks/list/handed/",
        f"/coaching/actions/{action.pk}/",
        f"/coaching/agents/{talk.agent_id}/",
        reverse("people:agent", args=[talk.agent_id]),
        f"/time/{talk.session}/",
        f"/api/v1/one-to-ones/{talk.pk}",
        f"/api/v1/one-to-ones/{talk.pk}/notes",
        f"/api/v1/one-to-ones/{talk.pk}/items",
        f"/api/v1/actions/{action.pk}",
        "/api/v1/actions",
        "/api/v1/promises?side=all",
        talking.searching("zqtalksecretqz"),
        "/coaching/attention.csv",
        "/promises/all/",
        "/audit/",
        "/notices/",
        "/",
    ):
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200 or "?q=" not in address, person.key
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown += talking.without_echo(text.decode(), "zqtalksecretqz")
    for name in ("note", "item", "claim", "action", "close", "hold", "hand-on", "let-go", "cancel", "place"):
        answer = browser.post(f"/coaching/talks/{talk.pk}/{name}/", {"words": "Me too", "to": person.user.pk})
        assert answer.status_code in (403, 404), (person.key, name, answer.status_code)
        shown += answer.content.decode()
    return shown


def test_the_words_reach_the_two_and_nobody_else(cast):
    """Whatever their role: by page, list, API, search, export, notice, ledger, audit and the text of refusals."""
    talk, action = talking.closed(cast)
    for person in cast.everybody:
        if person.key in ("agent", "supervisor", "token"):
            continue
        assert "zqtalksecretqz" not in reads(cast, person, talk, action), person.key
    for person in (cast.agent, cast.supervisor):
        assert SECRET in cast.client(person).get(f"/coaching/talks/{talk.pk}/").content.decode()
    assert not [each for each in Entry.objects.all() if "zqtalksecretqz" in str(each.facts)]
    assert not [each for each in Promise.objects.all() if "zqtalksecretqz" in f"{each.what}{each.why}"]
    for notice in Notice.objects.all():
        person = next(each for each in cast.everybody if each.user.pk == notice.to_user)
        words = reading.in_words(notice, person.actor)
        assert words is None or "zqtalksecretqz" not in words.text


def test_by_role_they_would_reach_the_whole_floor(cast):
    """The naive twin: who leads or plans the team reads its talks – what the scope is for."""
    talk = talking.planned(cast, by=cast.supervisor)
    talk.lead = cast.other_supervisor.user  # who led the agent before
    talk.save()

    def naive(person):
        sight = person.actor.sight(P.SEE_ATTENTION)
        reach = within(sight, own="agent__user", team="agent__team", site="agent__team__site")
        return OneToOne.objects.filter(reach).exists()

    assert {each.key for each in cast.everybody if naive(each)} >= {"agent", "supervisor", "manager"}
    found = {each.key for each in cast.everybody if queries.visible_talks(each.actor).exists()}
    assert found == {"agent", "other_supervisor"}


def test_the_agent_hands_it_on_and_nobody_else(cast):
    """The new lead reads nothing before, everything after, and that it was opened is written down."""
    talk, _action = talking.closed(cast)
    new, team = cast.other_supervisor, cast.world.north_two
    cast.agent.agent.team = team
    cast.agent.agent.save()
    with pytest.raises(NotFound):
        queries.the_talk(new.actor, talk.pk)
    with pytest.raises(services.OnlyTheAgent):
        services.hand_talk_on(talk_id=talk.pk, to_user_id=new.user.pk, by=cast.supervisor.actor, at=NOW)
    answer = cast.client(cast.agent).post(f"/coaching/talks/{talk.pk}/hand-on/", {"to": new.user.pk})
    assert answer.status_code == 302
    page = cast.client(new).get(f"/coaching/talks/{talk.pk}/").content.decode()
    assert SECRET in page and "let in to read" in page
    assert Entry.objects.filter(verb="coaching.talk.seen", about_id=str(talk.pk)).exists()
    with pytest.raises(services.OneOfTheTwo):
        services.add_note(talk_id=talk.pk, words="Me too", by=new.actor, at=NOW)


def test_hr_opens_it_with_a_reason_that_both_are_told(cast):
    """By the same door as feedback, for a day; the lead is told too."""
    talk, _action = talking.closed(cast)
    browser = cast.client(cast.hr)
    assert browser.get(f"/coaching/talks/{talk.pk}/").status_code == 404
    browser.post("/coaching/opened/new/", {"agent": cast.agent.agent.pk, "why": "A complaint."})
    assert SECRET in browser.get(f"/coaching/talks/{talk.pk}/").content.decode()
    for person, words in ((cast.agent, "A complaint."), (cast.supervisor, "HR opened")):
        notices = Notice.objects.filter(to_user=person.user.pk, kind=services.OPENED_KIND)
        assert [words in reading.in_words(each, person.actor).text for each in notices] == [True], person.key


def test_the_table_of_moves_has_no_way_out_of_an_end():
    """And nobody but the agent, or what happens to the people, lets a debt go."""
    for (state, to), sides in rules.MOVES.items():
        assert state in rules.OPEN
        if to == rules.LET_GO:
            assert rules.LEAD not in sides


def test_nothing_is_written_after_a_talk_was_let_go(cast):
    """A clear refusal names its state."""
    talk = talking.planned(cast)
    services.let_go_talk(talk_id=talk.pk, why="", by=cast.agent.actor, at=NOW)
    with pytest.raises(services.TalkOver, match="let go"):
        services.add_item(talk_id=talk.pk, words="Late", by=cast.agent.actor, at=NOW)
    assert SYSTEM.user_id is None
