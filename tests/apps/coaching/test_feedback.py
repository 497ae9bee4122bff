"""Feedback at its doors: what may be said, who reads it, and what stays."""

from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.directories import BEHAVIOURS
from floorwalker.apps.coaching.models import Behaviour, Feedback, Touch
from floorwalker.apps.coaching.rules.delicate import delicate
from floorwalker.apps.coaching.rules.feedback import months_on
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry, Notice
from floorwalker.kernel.notices import reading
from tests.apps.coaching import talking
from tests.kernel.directory_cases import DirectoryCases
from tests.people import NOW, in_one_hand

WORDS = "You let the caller finish zqsecretqz."


def said(cast, by=None, **more):
    values = {"kind": "positive", "words": WORDS, "expectation": "Let callers finish."}
    person = by or cast.supervisor
    return services.give(agent_id=cast.agent.agent.pk, by=person.actor, at=NOW, **values | more)


MOMENT = {"evidence_kind": "moment", "evidence_at": NOW, "evidence_place": "beside you, call of ten past nine"}


def test_positive_feedback_reaches_the_agent(cast):
    """From the form to the agent's page, with a notice that tells no words."""
    page = cast.client(cast.supervisor).post(
        f"/coaching/agents/{cast.agent.agent.pk}/give/",
        {"kind": "positive", "words": WORDS, "expectation": "Let callers finish."},
    )
    assert page.status_code == 302, page.content
    found = Feedback.objects.get()
    assert WORDS in cast.client(cast.agent).get(f"/coaching/{found.pk}/").content.decode()
    notice = Notice.objects.get(to_user=cast.agent.user.pk)
    assert "Supervisor wrote you feedback" in reading.in_words(notice, cast.agent.actor).text
    touch = Touch.objects.get()
    assert (touch.agent_id, touch.kind, touch.tone, touch.minutes) == (
        found.agent_id,
        "feedback",
        "positive",
        None,
    )


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"evidence_kind": "contact"},
        {"evidence_kind": "state", "evidence_ref": "talking"},
        {"evidence_kind": "moment", "evidence_at": NOW},
        {"evidence_kind": "moment", "evidence_place": "at the desk"},
    ],
)
def test_corrective_feedback_without_evidence_is_refused(cast, evidence):
    """By the service, whatever is missing of it."""
    with pytest.raises(services.EvidenceMissing):
        said(cast, kind="corrective", **evidence)
    assert not Feedback.objects.exists()


def test_the_database_refuses_corrective_feedback_without_evidence(cast):
    """Past the service too."""
    row = Feedback(
        agent=cast.agent.agent,
        author=cast.supervisor.user,
        kind="corrective",
        expectation="Greet.",
        words="You did not greet.",
        at=NOW,
    )
    with pytest.raises(IntegrityError, match="coaching_corrective_has_evidence"), transaction.atomic():
        row.save()


def test_the_form_says_what_is_missing(cast):
    """The refusal stands on the page, with what was typed."""
    answer = cast.client(cast.supervisor).post(
        f"/coaching/agents/{cast.agent.agent.pk}/give/",
        {"kind": "corrective", "words": WORDS, "expectation": "Greet."},
    )
    assert answer.status_code == 422
    assert "Corrective feedback names its evidence" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_nobody_but_the_two_reads_the_words(cast):
    """Whatever their role: by page, list, API, search, export and in the text of the refusal."""
    found = said(cast, kind="corrective", **MOMENT)
    for person in cast.everybody:
        if person.key in ("agent", "supervisor", "token"):
            continue
        browser = cast.client(person)
        browser.raise_request_exception = False
        for address in (
            f"/coaching/{found.pk}/",
            "/coaching/",
            "/coaching/written/",
            "/coaching/handed/",
            f"/coaching/agents/{cast.agent.agent.pk}/",
            f"/api/v1/feedback/{found.pk}",
            f"/api/v1/feedback/{found.pk}/replies",
            "/api/v1/feedback?side=written",
            talking.searching("zqsecretqz"),
            "/coaching/attention.csv",
            "/notices/",
        ):
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200 or "?q=" not in address, person.key
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            shown = talking.without_echo(text.decode(), "zqsecretqz")
            assert WORDS not in shown, (person.key, address)
        for address in (f"/coaching/{found.pk}/reply/", f"/coaching/{found.pk}/hand-on/"):
            assert browser.post(address, {"words": "Me too", "to": 1}).status_code == 404, person.key


def test_nothing_that_is_kept_beside_it_holds_its_words(cast):
    """Neither the audit nor a notice."""
    said(cast, kind="corrective", **MOMENT)
    assert not [each for each in Entry.objects.all() if "zqsecretqz" in str(each.facts)]
    assert "zqsecretqz" not in reading.in_words(Notice.objects.get(), cast.agent.actor).text


def test_there_is_no_audience_to_choose(cast):
    """Corrective feedback is private, always: a field that would show it is no part of the table."""
    names = {field.name for field in Feedback._meta.get_fields()}
    assert not {"visibility", "public", "shown_to", "audience"} & names


def test_the_two_answer_each_other(cast):
    """An answer stands in the talk and is told to the other."""
    found = said(cast)
    browser = cast.client(cast.agent)
    assert browser.post(f"/coaching/{found.pk}/reply/", {"words": "I had a good teacher."}).status_code == 302
    assert "I had a good teacher." in cast.client(cast.supervisor).get(f"/coaching/{found.pk}/").content.decode()
    told = Notice.objects.get(to_user=cast.supervisor.user.pk)
    assert reading.in_words(told, cast.supervisor.actor).text == "Agent answered in a talk about feedback."


def test_the_agent_hands_it_on_to_whoever_leads_them_now(cast):
    """And to nobody else; the author cannot."""
    found = said(cast, by=cast.quality_analyst)
    with pytest.raises(NotFound):
        queries.the_feedback(cast.supervisor.actor, found.pk)
    with pytest.raises(services.OnlyTheAgent):
        services.hand_on(
            feedback_ids=[found.pk],
            to_user_id=cast.supervisor.user.pk,
            by=cast.quality_analyst.actor,
            at=NOW,
        )
    with pytest.raises(services.OnlyTheAgent):
        services.hand_on(feedback_ids=[found.pk], to_user_id=cast.manager.user.pk, by=cast.agent.actor, at=NOW)
    answer = cast.client(cast.agent).post(f"/coaching/{found.pk}/hand-on/", {"to": cast.supervisor.user.pk})
    assert answer.status_code == 302
    assert WORDS in cast.client(cast.supervisor).get(f"/coaching/{found.pk}/").content.decode()
    assert Entry.objects.filter(verb="coaching.feedback.seen", about_id=str(found.pk)).exists()


def test_in_a_small_house_it_is_handed_on_to_the_one_who_leads_everywhere(cast):
    """Who wrote it leads no more; the manager holds the role for all teams."""
    found = said(cast)
    one = in_one_hand(cast)
    page = cast.client(cast.agent).get(f"/coaching/{found.pk}/").content.decode()
    assert "Who may read it" in page
    assert cast.client(cast.agent).post(f"/coaching/{found.pk}/hand-on/", {"to": one.user.pk}).status_code == 302
    assert queries.the_feedback(one.actor, found.pk) == found


def test_hr_opens_it_with_a_reason_that_both_are_told(cast):
    """For a day, what was written until then; the agent reads the reason, the author that it was opened."""
    found = said(cast)
    with pytest.raises(services.ReasonMissing):
        services.break_glass(agent_id=cast.agent.agent.pk, why=" ", by=cast.hr.actor, at=NOW)
    browser = cast.client(cast.hr)
    assert browser.get(f"/coaching/{found.pk}/").status_code == 404
    answer = browser.post("/coaching/opened/new/", {"agent": cast.agent.agent.pk, "why": "A complaint."})
    assert answer.status_code == 302
    assert WORDS in browser.get(f"/coaching/{found.pk}/").content.decode()
    told = {
        n.to_user: reading.in_words(n, p.actor)
        for p in (cast.agent, cast.supervisor)
        for n in Notice.objects.filter(to_user=p.user.pk, kind=services.OPENED_KIND)
    }
    assert "A complaint." in told[cast.agent.user.pk].text
    assert "HR opened feedback that you wrote" in told[cast.supervisor.user.pk].text
    assert "A complaint." in cast.client(cast.agent).get("/coaching/opened/").content.decode()
    assert Entry.objects.filter(verb="coaching.break_glass").exists()


def test_an_opening_closes_by_itself(cast):
    """After a day there is nothing to read."""
    found = said(cast)
    services.break_glass(agent_id=cast.agent.agent.pk, why="A complaint.", by=cast.hr.actor, at=NOW)
    with pytest.raises(NotFound):  # the day of NOW has long passed
        queries.the_feedback(cast.hr.actor, found.pk)


def test_what_was_said_never_changes(cast):
    """The database refuses to change or delete it, and the note that somebody was spoken to."""
    found = said(cast)
    for rows in (Feedback.objects.filter(pk=found.pk), Touch.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(at=NOW + timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()


def test_delicate_words_are_asked_about_once(cast):
    """G-09: never stored in silence, never blocked: the page asks, and a box says that they belong here."""
    address = f"/coaching/agents/{cast.agent.agent.pk}/give/"
    filled = {"kind": "positive", "words": "Well done in spite of your migraine.", "expectation": "Be there."}
    answer = cast.client(cast.supervisor).post(address, filled)
    assert answer.status_code == 422
    assert "migraine" in answer.content.decode()
    assert 'name="meant"' in answer.content.decode()
    assert not Feedback.objects.exists()
    assert cast.client(cast.supervisor).post(address, filled | {"meant": "on"}).status_code == 302
    assert Feedback.objects.get().words == filled["words"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("You were pregnant with ideas", {"health"}),
        ("Ask your wife", {"family"}),
        ("during Ramadan", {"religion"}),
        ("as a shop steward", {"unions"}),
        ("You will call the customer back; still, skill matters", set()),
        ("Reunion offers are sold under the western rules", set()),
    ],
)
def test_the_list_of_delicate_words(text, topics):
    """Words, not parts of other words."""
    assert {topic for topic, _word in delicate(text)} == topics


def test_the_same_behaviour_has_the_same_steps(cast):
    """The second time the second step, counted over whoever answered before."""
    behaviour = Behaviour.objects.create(
        name="Talks over callers", side="corrective", first="A word", second="A plan"
    )
    one = said(cast, kind="corrective", behaviour_id=behaviour.pk, **MOMENT)
    two = said(cast, kind="corrective", behaviour_id=behaviour.pk, **MOMENT)
    assert (one.rung, two.rung) == (1, 2)
    assert "A plan" in cast.client(cast.agent).get(f"/coaching/{two.pk}/").content.decode()
    with pytest.raises(services.WrongSide):
        said(cast, behaviour_id=behaviour.pk)


def corrected(cast, behaviour, by=None, at=NOW):
    evidence = MOMENT | {"evidence_at": at}
    author = (by or cast.supervisor).actor
    return services.give(
        agent_id=cast.agent.agent.pk, kind="corrective", words=WORDS, behaviour_id=behaviour.pk, by=author, at=at,
        **evidence,
    )  # fmt: skip


def test_an_analyst_goes_on_where_a_supervisor_began(cast):
    """S85: they see nobody's attention, yet the same behaviour has the same next step, whoever notices it."""
    behaviour = Behaviour.objects.create(name="Talks over callers", side="corrective", first="A word")
    assert not queries.visible_touches(cast.quality_analyst.actor).exists()
    rungs = [corrected(cast, behaviour, by).rung for by in (None, cast.quality_analyst, cast.quality_analyst)]
    assert rungs == [1, 2, 3]


def test_a_step_expires_and_the_agent_reads_the_day(cast):
    """S84: after six months the same behaviour is a first time again; the agent is told on the day, once."""
    behaviour = Behaviour.objects.create(name="Talks over callers", side="corrective", first="A word")
    first = corrected(cast, behaviour)
    assert first.expires_on.isoformat() == "2026-09-04"
    day = NOW + timedelta(days=183)
    assert corrected(cast, behaviour, at=day).rung == 2
    assert services.tell_of_expiry(day) == 0
    assert services.tell_of_expiry(day + timedelta(days=1)) == 1
    assert services.tell_of_expiry(day + timedelta(days=2)) == 0
    told = Notice.objects.get(kind=services.EXPIRED_KIND)
    shown = reading.in_words(told, cast.agent.actor)
    assert "counts no more" in shown.text and WORDS not in shown.text
    assert told.to_user == cast.agent.user.pk
    assert corrected(cast, behaviour, at=day + timedelta(days=1)).rung == 2  # one of the two has expired
    page = cast.client(cast.agent).get(f"/coaching/{first.pk}/").content.decode()
    assert "the next is a first time again" in page


def test_a_site_says_how_long_steps_count(cast):
    """By the page of its limits; what an agent was told before stays as it was told."""
    behaviour = Behaviour.objects.create(name="Talks over callers", side="corrective", first="A word")
    before = corrected(cast, behaviour)
    limits = {"silence_days": 10, "visits_a_day": 4, "steps_months": 1, "talk_days": 0, "talk_minutes": 30}
    address = f"/coaching/floor/limits/{cast.world.north.pk}/"
    assert cast.client(cast.manager).post(address, limits | {"steps_months": 0}).status_code == 422
    assert cast.client(cast.manager).post(address, limits).status_code == 302
    after = corrected(cast, behaviour)
    before.refresh_from_db()
    assert (before.expires_on.month, after.expires_on.month) == (9, 4)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [("2026-08-31", 6, "2027-02-28"), ("2026-12-31", 2, "2027-02-28"), ("2026-01-15", 24, "2028-01-15")],
)
def test_months_end_where_months_are_shorter(day, months, end):
    assert months_on(date.fromisoformat(day), months).isoformat() == end


def test_nobody_writes_to_people_out_of_sight_or_to_who_left(cast):
    """Another team is not found; who left is told so."""
    with pytest.raises(NotFound):
        said(cast, by=cast.other_supervisor)
    with pytest.raises(services.HasLeft):
        services.give(
            agent_id=cast.left.agent.pk,
            kind="positive",
            words="Well done.",
            expectation="Help.",
            by=cast.supervisor.actor,
            at=NOW,
        )


def test_a_contractor_is_offered_feedback_and_owes_nothing(cast):
    """No promise, no time owed, no answer awaited."""
    from floorwalker.apps.offphone.models import Session
    from floorwalker.apps.promises.models import Promise

    services.give(
        agent_id=cast.contractor.agent.pk,
        kind="positive",
        words="Well done.",
        expectation="Help.",
        by=cast.supervisor.actor,
        at=NOW,
    )
    assert not Promise.objects.exists()
    assert not Session.objects.exists()


class TestBehaviours(DirectoryCases):
    directory = BEHAVIOURS
    reader = "supervisor"
    fresh: ClassVar = {"name": "Talks over callers", "side": "corrective", "first": "A word between two"}
