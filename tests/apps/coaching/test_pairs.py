"""Buddies and peer coaching: both say yes, they meet in owed time, who helps is credited, words stay theirs."""

from datetime import timedelta

import pytest

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import PeerPair, Touch
from floorwalker.apps.coaching.rules import peers as rules
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.models import Entry, Notice
from floorwalker.kernel.notices import reading
from tests.apps.coaching import talking
from tests.apps.coaching.talking import DAY, DUE
from tests.people import NOW

SECRET = "I was afraid zqpeerqz of the first call."


def proposed(cast, **more):
    values = {
        "helper_id": cast.colleague.agent.pk,
        "learner_id": cast.agent.agent.pk,
        "kind": "buddy",
        "about": "Greeting",
        "first_day": DAY,
        "last_day": DAY + timedelta(days=30),
    }
    return services.propose_pair(**values | more, by=cast.supervisor.actor, at=NOW)


def accepted(cast):
    pair = proposed(cast)
    for person in (cast.colleague, cast.agent):
        services.accept_pair(pair_id=pair.pk, by=person.actor, at=NOW)
    pair.refresh_from_db()
    return pair


def meeting(cast, pair):
    return services.plan_meeting(pair_id=pair.pk, meeting_minutes=30, due=DUE, by=cast.supervisor.actor, at=NOW)


def test_it_begins_when_both_have_said_yes(cast):
    """From the form of the lead to a tap of each; who is asked is told who helps whom."""
    typed = {
        "kind": "buddy",
        "helper": cast.colleague.agent.pk,
        "learner": cast.agent.agent.pk,
        "about": "Greeting",
        "first_day": DAY,
        "last_day": DAY + timedelta(days=30),
    }
    assert cast.client(cast.supervisor).post("/coaching/pairs/propose/", typed).status_code == 302
    pair = PeerPair.objects.get()
    told = reading.in_words(Notice.objects.get(to_user=cast.agent.user.pk), cast.agent.actor).text
    assert told == "buddy: Colleague helps Agent – proposed."
    assert "Buddies" in cast.client(cast.agent).get("/coaching/pairs/").content.decode()
    for person, state in ((cast.agent, "proposed"), (cast.colleague, "accepted")):
        assert cast.client(person).post(f"/coaching/pairs/{pair.pk}/accept/").status_code == 302
        pair.refresh_from_db()
        assert pair.state == state


def test_nobody_is_asked_why_not(cast):
    """A no ends it, and the lead cannot say yes for anybody."""
    pair = proposed(cast)
    with pytest.raises(services.PairNotThatWay):
        services.accept_pair(pair_id=pair.pk, by=cast.supervisor.actor, at=NOW)
    services.decline_pair(pair_id=pair.pk, by=cast.colleague.actor, at=NOW)
    pair.refresh_from_db()
    assert pair.state == "declined"


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"last_day": DAY - timedelta(days=1)}, Invalid),
        ({"last_day": DAY + timedelta(days=400)}, Invalid),
        ({"about": " "}, services.WordsMissing),
        ({"kind": "boss"}, Invalid),
    ],
)
def test_what_a_pair_needs(cast, more, refusal):
    """Each refusal says what to do."""
    with pytest.raises(refusal):
        proposed(cast, **more)


def test_nobody_helps_themselves_or_across_the_lead(cast):
    """People of another team are not found."""
    with pytest.raises(Invalid):
        proposed(cast, helper_id=cast.agent.agent.pk)
    with pytest.raises(NotFound):
        proposed(cast, helper_id=cast.other_team_agent.agent.pk)
    proposed(cast)
    with pytest.raises(services.PairedAlready):
        proposed(cast)


def test_they_meet_in_owed_time_and_who_helps_is_credited(cast):
    """Both get the same cheapest time; held, the minutes are credited and the learner was spoken to."""
    pair = accepted(cast)
    found = meeting(cast, pair)
    assert set(Session.objects.values_list("agent", "state")) == {
        (pair.helper_id, "owed"),
        (pair.learner_id, "owed"),
    }
    for person in (cast.agent, cast.colleague):
        talking.on_shift(cast, person)
    slot = queries.meeting_times(cast.supervisor.actor, found, NOW)[0]
    services.place_meeting(meeting_id=found.pk, start=slot.start, by=cast.supervisor.actor, at=NOW)
    assert set(Session.objects.values_list("state", flat=True)) == {"placed"}
    services.hold_meeting(meeting_id=found.pk, by=cast.agent.actor, at=NOW)
    touch = Touch.objects.get()
    assert (touch.kind, touch.by, touch.agent_id, touch.minutes) == (
        "peer",
        cast.colleague.user,
        pair.learner_id,
        30,
    )
    for person in (cast.supervisor, cast.colleague):
        assert [(each.helper, each.minutes) for each in queries.credits_of(person.actor, NOW)] == [
            ("Colleague", 30)
        ]
    with pytest.raises(services.MeetingOpen):
        services.hold_meeting(meeting_id=found.pk, by=cast.agent.actor, at=NOW)


def test_a_meeting_follows_its_minutes(cast):
    """Delivered in the room of that time on both sides it was held; let go by one it is off for both."""
    pair = accepted(cast)
    found = meeting(cast, pair)
    offphone.let_go(session_id=found.learner_session, why="", by=cast.agent.actor, at=NOW)
    services.follow_peer_session(session_id=found.learner_session, at=NOW)
    found.refresh_from_db()
    assert (found.state, Session.objects.get(pk=found.helper_session).state) == ("cancelled", "fell_away")
    again = meeting(cast, pair)
    for session, name in ((again.helper_session, "helper"), (again.learner_session, "learner")):
        offphone.settle(once=f"coaching:peer:{again.pk}:{name}", by=cast.supervisor.actor, at=NOW)
        services.follow_peer_session(session_id=session, at=NOW)
    again.refresh_from_db()
    assert again.state == "held"


def test_a_contractor_asks_for_their_own_time(cast):
    """The pair is theirs to accept; nobody owes or orders their minutes."""
    pair = proposed(cast, learner_id=cast.contractor.agent.pk)
    for person in (cast.colleague, cast.contractor):
        services.accept_pair(pair_id=pair.pk, by=person.actor, at=NOW)
    with pytest.raises(offphone.ContractorIsOffered):
        meeting(cast, pair)


def test_what_peers_write_stays_with_them(cast):
    """The lead sees the pair and its minutes, and no word; nobody else sees anything."""
    pair = accepted(cast)
    browser = cast.client(cast.agent)
    assert browser.post(f"/coaching/pairs/{pair.pk}/note/", {"words": SECRET}).status_code == 302
    assert SECRET in cast.client(cast.colleague).get(f"/coaching/pairs/{pair.pk}/").content.decode()
    for person in cast.everybody:
        if person.key in ("agent", "colleague", "token"):
            continue
        for address in (
            f"/coaching/pairs/{pair.pk}/",
            "/coaching/pairs/",
            f"/api/v1/pairs/{pair.pk}/notes",
            f"/api/v1/pairs/{pair.pk}",
            talking.searching("zqpeerqz"),
            "/notices/",
            f"/coaching/agents/{cast.agent.agent.pk}/",
        ):
            answer = cast.client(person).get(address, follow=True)
            assert answer.status_code == 200 or "?q=" not in address, person.key
            text = answer.content.decode()
            assert "zqpeerqz" not in talking.without_echo(text, "zqpeerqz"), person.key
    with pytest.raises(services.NotOfThePair):
        services.add_peer_note(pair_id=pair.pk, words="Me too", by=cast.supervisor.actor, at=NOW)
    assert not [each for each in Entry.objects.all() if "zqpeerqz" in str(each.facts)]


def test_by_who_sees_the_pair_the_lead_would_read_it(cast):
    """The naive twin: notes of every pair in sight."""
    pair = accepted(cast)
    services.add_peer_note(pair_id=pair.pk, words=SECRET, by=cast.agent.actor, at=NOW)
    assert queries.visible_pairs(cast.supervisor.actor).filter(notes__words=SECRET).exists()
    assert not queries.visible_peer_notes(cast.supervisor.actor).exists()


def test_a_pair_ends_with_its_last_day_or_when_one_leaves(cast):
    """Open minutes are owed no more."""
    pair = accepted(cast)
    found = meeting(cast, pair)
    assert services.end_pairs_that_are_over(NOW) == 0
    cast.colleague.agent.left_on, cast.colleague.agent.leaving_reason = DAY, cast.world.reason
    cast.colleague.agent.save()
    assert services.end_pairs_that_are_over(NOW) == 1
    pair.refresh_from_db()
    assert (pair.state, Session.objects.get(pk=found.learner_session).state) == ("ended", "fell_away")


def test_who_could_help_shares_shifts_and_has_room():
    """Never by a score: hours together first, then who helps fewest, then who is here longest."""
    found = rules.in_order(
        [
            rules.Candidate(1, 30.0, 0, 100),
            rules.Candidate(2, 30.0, 0, 900),
            rules.Candidate(3, 40.0, 3, 2000),
            rules.Candidate(4, 2.0, 0, 3000),
            rules.Candidate(5, 30.0, 1, 3000),
        ]
    )
    assert [each.agent for each in found] == [2, 1, 5, 4]


def test_the_page_says_who_could_help(cast):
    """With why, for the learner chosen; the lead's own people only."""
    cast.agent.agent.started_on = DAY
    cast.agent.agent.save()
    page = cast.client(cast.supervisor).get(f"/coaching/pairs/propose/?learner={cast.agent.agent.pk}")
    text = page.content.decode()
    assert "hours at work together" in text and "Other Team Agent" not in text


def test_both_are_found_by_typing_a_part_of_the_name(cast):
    """What fits is offered among whom one leads; a name typed whole is chosen, also for whoever could help."""
    browser, path = cast.client(cast.supervisor), "/coaching/pairs/propose/"
    offered = browser.get(path, {"pick": "helper", "helper-text": "coll"}).content.decode()
    assert "Colleague" in offered and "Agent" not in offered
    assert "Stranger" not in browser.get(path, {"pick": "learner", "learner-text": "stran"}).content.decode()
    found = browser.get(path, {"learner": "", "learner-text": "Agent"}).content.decode()
    assert "Show who could help" not in found
    typed = {"kind": "buddy", "helper-text": "Colleague", "learner-text": "Agent", "about": "Greeting"}
    days = {"first_day": DAY, "last_day": DAY + timedelta(days=30)}
    assert browser.post(path, typed | days).status_code == 302
    assert PeerPair.objects.get().learner == cast.agent.agent
