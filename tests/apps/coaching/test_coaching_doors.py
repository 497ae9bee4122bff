"""Sheets, claims, meetings, actions and agreements by their doors: what a press does, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import Action, AgendaItem, AgreementItem, PeerMeeting, ReturnSheet
from floorwalker.apps.offphone.models import Presence, Session
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.periods import Period
from tests.apps.coaching import talking
from tests.apps.coaching.test_agreements import agree, named
from tests.apps.coaching.test_groups import ANSWERS, held, more_people
from tests.apps.coaching.test_pairs import accepted
from tests.apps.test_api_doors import Door, problem
from tests.people import Cast

SHEET = {**ANSWERS, "keep": "The examples", "change": "Shorter"}
WEEK = timedelta(days=7)


def test_a_program_returns_a_sheet_that_nobody_reads_before_all_are_in(cast: Cast) -> None:
    """One each; shown together when their days are over, without a name; who was not there returns none."""
    five = [cast.agent, cast.colleague, *more_people(cast, 3)]
    now = timezone.now()
    path = f"/groups/{held(cast, five, at=now).pk}/sheets"
    first = Door(cast, cast.agent)
    assert first.send("post", path, SHEET | {"worth": 9}).status_code == 400
    answer = first.send("post", path, SHEET)
    assert (answer.status_code, answer.json()) == (201, {"returned": True})
    assert problem(first.send("post", path, SHEET)) == (409, "coaching_no_sheet")
    assert Door(cast, cast.contractor).send("post", path, SHEET).status_code == 404
    for person in five[1:]:
        Door(cast, person).send("post", path, SHEET)
    lead = Door(cast, cast.supervisor)
    assert ReturnSheet.objects.count() == 5 and lead.get(path).json() == []
    services.take_in_sheets(now + timedelta(days=5))
    assert lead.get(path).json() == [SHEET] * 5
    assert Door(cast, cast.other_supervisor).get(path).status_code == 404


def test_a_program_owes_a_pair_one_meeting_at_a_time(cast: Cast) -> None:
    """The minutes of both are promised; a second one waits for the first, and the pair itself owes nothing."""
    pair = accepted(cast)
    path, lead = f"/pairs/{pair.pk}/meetings", Door(cast, cast.supervisor)
    wanted = {"meeting_minutes": 30, "due": (timezone.now() + WEEK).isoformat()}
    assert Door(cast, cast.agent).send("post", path, wanted).status_code == 404
    made = lead.send("post", path, wanted)
    assert (made.status_code, made.json()["state"], made.json()["minutes"]) == (201, "planned", 30)
    assert set(Session.objects.values_list("agent", "minutes", "state")) == {
        (pair.helper_id, 30, "owed"),
        (pair.learner_id, 30, "owed"),
    }
    assert problem(lead.send("post", path, wanted)) == (409, "coaching_meeting_open")
    for who in (cast.supervisor, cast.agent, cast.colleague):
        assert [each["id"] for each in Door(cast, who).every(path)] == [made.json()["id"]]
    assert Door(cast, cast.other_supervisor).get(path).status_code == 404


def test_a_meeting_is_planned_placed_and_held_on_the_page(cast: Cast) -> None:
    """Planned and placed by the lead, held by a tap of the learner; credited once, and who helps reads it."""
    pair = accepted(cast)
    lead, learner = cast.client(cast.supervisor), cast.client(cast.agent)
    path, now = f"/coaching/pairs/{pair.pk}/", timezone.now()
    wanted = {"meeting_minutes": 30, "due": (now + WEEK).date()}
    assert lead.post(f"{path}meetings/", wanted | {"meeting_minutes": 500}).status_code == 422
    assert lead.post(f"{path}meetings/", wanted).status_code == 302
    assert lead.post(f"{path}meetings/", wanted).status_code == 422
    meeting = PeerMeeting.objects.get()
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for agent in (pair.helper, pair.learner):
        shift = Period(start, start + timedelta(hours=6)).range
        Presence.objects.create(agent=agent, group=None, period=shift)
    place = f"/coaching/meetings/{meeting.pk}/place/"
    assert lead.post(place, {"start": "whenever"}).status_code == 422
    assert learner.post(place, {"start": start.isoformat()}).status_code == 404
    assert lead.post(place, {"start": start.isoformat()}).headers["Location"] == path
    meeting.refresh_from_db()
    assert meeting.begins_at == start
    assert set(Session.objects.values_list("state", flat=True)) == {"placed"}
    hold = f"/coaching/meetings/{meeting.pk}/hold/"
    assert cast.client(cast.contractor).post(hold).status_code == 404
    assert "credited to who helped" in learner.post(hold, follow=True).content.decode()
    assert set(Session.objects.values_list("state", flat=True)) == {"delivered"}
    assert learner.post(hold).status_code == 409


def test_a_program_parks_a_claim_and_only_who_looks_it_up_settles_it(cast: Cast) -> None:
    """Promised for its day; settled once, with words, by the one who promised it."""
    talk = talking.held(cast)
    lead, agent, path = Door(cast, cast.supervisor), Door(cast, cast.agent), f"/one-to-ones/{talk.pk}/claims"
    claim = {"words": "A customer is said to have waited.", "until": (timezone.now() + WEEK).isoformat()}
    assert Door(cast, cast.other_supervisor).send("post", path, claim).status_code == 404
    made = lead.send("post", path, claim)
    item = made.json()
    assert (made.status_code, item["kind"], item["outcome"]) == (201, "parked", "open")
    assert item["looked_up_by_id"] == cast.supervisor.user.pk
    promise = Promise.objects.get(kind=services.CLAIM_KIND)
    assert (promise.owner, promise.state) == (cast.supervisor.user, "open")
    settle, done = f"/claims/{item['id']}/settle", {"outcome": "dropped", "words": "The recording says otherwise."}
    assert problem(agent.send("post", settle, done)) == (409, "coaching_claim_settled")
    assert lead.send("post", settle, done | {"outcome": "true"}).status_code == 400
    assert lead.send("post", settle, done).json()["outcome"] == "dropped"
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert problem(lead.send("post", settle, done)) == (409, "coaching_claim_settled")
    assert AgendaItem.objects.get(pk=item["id"]).outcome_words == "The recording says otherwise."
    read = [each["outcome_words"] for each in agent.every(f"/one-to-ones/{talk.pk}/items")]
    assert "The recording says otherwise." in read


def test_a_claim_is_parked_on_the_page_and_settled_by_who_looks_it_up(cast: Cast) -> None:
    """The agent takes it on; the lead may not settle it; half a word changes nothing."""
    talk = talking.held(cast)
    agent, path = cast.client(cast.agent), f"/coaching/talks/{talk.pk}/"
    said = {"words": "A colleague is said to have heard it.", "until": f"{timezone.now() + WEEK:%Y-%m-%d}"}
    assert agent.post(f"{path}claim/", {**said, "words": " "}).status_code == 422
    assert agent.post(f"{path}claim/", {**said, "who": "agent"}, follow=True).status_code == 200
    claim = AgendaItem.objects.get(kind="parked")
    assert (claim.looked_up_by, claim.outcome) == (cast.agent.user, "open")
    settle, done = f"/coaching/claims/{claim.pk}/settle/", {"outcome": "evidence", "words": "Contact K-17."}
    assert cast.client(cast.colleague).post(settle, done).status_code == 404
    assert cast.client(cast.supervisor).post(settle, done).status_code == 422
    assert agent.post(settle, {**done, "words": ""}).status_code == 422
    assert AgendaItem.objects.get(pk=claim.pk).outcome == "open"
    assert agent.post(settle, done).headers["Location"] == path
    assert "Contact K-17." in cast.client(cast.supervisor).get(path).content.decode()


def test_an_agreed_action_is_dropped_with_why_and_counts_against_nobody(cast: Cast) -> None:
    """The agent says so on the page; the lead reads why, and what was promised is withdrawn, not broken."""
    found = talking.agreed(cast, talking.held(cast))
    path, agent = f"/coaching/actions/{found.pk}/", cast.client(cast.agent)
    assert cast.client(cast.colleague).post(f"{path}drop/", {"why": "No."}).status_code == 404
    assert agent.post(f"{path}drop/", {"why": " "}).status_code == 422
    delicate = agent.post(f"{path}drop/", {"why": "My pregnancy."})
    assert delicate.status_code == 422 and "My pregnancy." in delicate.content.decode()
    assert Action.objects.get().state == "open"
    assert agent.post(f"{path}drop/", {"why": "The queue has moved."}).headers["Location"] == path
    assert "The queue has moved." in cast.client(cast.supervisor).get(path).content.decode()
    kinds = (services.ACTION_KIND, services.FOLLOW_UP_KIND)
    assert set(Promise.objects.filter(kind__in=kinds).values_list("state", flat=True)) == {"withdrawn"}
    assert agent.post(f"{path}drop/", {"why": "Again."}).status_code == 422
    assert Action.objects.get().state == "dropped"


def test_one_takes_back_what_one_named_oneself_until_it_is_agreed(cast: Cast) -> None:
    """On the page; never the other's words, and whoever had agreed is asked again."""
    found = named(cast)
    agree(found, cast.supervisor)
    mine, theirs = (AgreementItem.objects.get(side=side) for side in ("agent", "lead"))
    agent = cast.client(cast.agent)
    assert agent.post(f"/coaching/agreements/items/{theirs.pk}/drop/").status_code in (409, 422)
    assert cast.client(cast.colleague).post(f"/coaching/agreements/items/{mine.pk}/drop/").status_code == 404
    assert AgreementItem.objects.count() == 2
    answer = agent.post(f"/coaching/agreements/items/{mine.pk}/drop/")
    assert answer.headers["Location"] == f"/coaching/agreements/{found.pk}/"
    assert AgreementItem.objects.get() == theirs
    found.refresh_from_db()
    assert found.agreed_by_lead_at is None


@pytest.mark.parametrize("person", ["agent", "supervisor"])
def test_what_is_in_force_is_taken_back_by_nobody_alone(cast: Cast, person: str) -> None:
    """A newer agreement replaces it, by both."""
    found = named(cast)
    for who in (cast.supervisor, cast.agent):
        agree(found, who)
    side = {"agent": "agent", "supervisor": "lead"}[person]
    item = AgreementItem.objects.get(side=side)
    answer = cast.client(getattr(cast, person)).post(f"/coaching/agreements/items/{item.pk}/drop/")
    assert answer.status_code == 409 and AgreementItem.objects.count() == 2
