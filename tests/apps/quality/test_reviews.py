"""The life of a review at the door: the agent first and blind, shown, doubted, talked over, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.services import tell_presence
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import LostPoint, Review
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Notice
from floorwalker.kernel.periods import Period
from tests.apps.quality.cases import (
    DAY,
    RUDE,
    SLOW,
    WELL,
    a_form,
    a_talk,
    drawn,
    evaluated,
    own_view,
    released,
)
from tests.people import NOW, Cast, in_one_hand


def test_the_agent_is_asked_first_and_neither_sees_the_other(cast: Cast) -> None:
    """N13: on page and in the API neither side's answers or score show before both are there."""
    now = timezone.now()
    review = drawn(cast, at=now)
    evaluated(cast, review, RUDE, now, went_well="Calm throughout.")
    agent, page = cast.client(cast.agent), f"/quality/reviews/{review.pk}/"
    before = agent.get(page).content.decode()
    assert "Calm throughout" not in before and "Evaluator</dt>" not in before and "Evaluate it yourself" in before
    services.self_evaluate(
        review_id=review.pk, answers={"greet": "yes"}, remarks={"item:greet": "I did say it"}, hand_in=False,
        by=cast.agent.actor, at=now,
    )  # fmt: skip
    assert not queries.visible_answers(cast.colleague.actor).exists()
    supervisor = cast.client(cast.supervisor).get(page).content.decode()
    assert "It was done" not in supervisor and "I did say it" not in supervisor
    with pytest.raises(services.StillBlind):
        services.release(review_id=review.pk, by=cast.quality_analyst.actor, at=now)
    own_view(cast, review, at=now)
    review.refresh_from_db()
    assert review.state == "released" and (review.score, review.self_score) == (75.0, 100.0)
    after = agent.get(page).content.decode()
    assert "Calm throughout" in after and "Evaluator</dt>" in after


def test_three_working_days_without_an_own_view_and_it_goes_on(cast: Cast) -> None:
    """From Wednesday to the end of Monday; the hourly job shows it then, and says that it was missed."""
    review = evaluated(cast, drawn(cast))
    assert review.self_due is not None and review.self_due.date().isoformat() == "2026-03-10"
    assert services.release_due(review.self_due - timedelta(minutes=1)) == 0
    assert services.release_due(review.self_due) == 1
    review.refresh_from_db()
    assert review.state == "released" and review.self_missed_at == review.self_due
    with pytest.raises(services.SelfEvaluationOver):
        own_view(cast, review, at=review.self_due)
    page = cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode()
    assert "There was no own evaluation within its days" in page


def test_the_days_are_those_of_the_published_shifts(cast: Cast) -> None:
    """Who works Saturday, Sunday and Monday has had three working days by Monday night."""
    assert cast.agent.agent is not None
    pk, first = cast.agent.agent.pk, NOW.replace(hour=9)
    shifts = [Period(first + n * DAY, first + n * DAY + timedelta(hours=8)) for n in (3, 4, 5, 9)]
    whole = Period(NOW - DAY, NOW + 20 * DAY)
    tell_presence(agents=[pk], between=whole, windows=[(pk, 1, each) for each in shifts])
    review = drawn(cast)
    assert review.self_due is not None and review.self_due.date().isoformat() == "2026-03-10"
    assert queries.last_asked(pk) == NOW


def test_once_a_fortnight_at_most(cast: Cast) -> None:
    """The second review goes on without waiting for anybody; it is offered."""
    drawn(cast)
    second = drawn(cast, key="K2", at=NOW + 13 * DAY)
    assert second.self_due is None and drawn(cast, key="K3", at=NOW + 14 * DAY).self_due is not None
    evaluated(cast, second)
    assert services.release(review_id=second.pk, by=cast.quality_analyst.actor, at=NOW).state == "released"


def test_contractors_are_offered_and_owe_nothing(cast: Cast) -> None:
    """W-06: no day, no minutes, no waiting; they may say how they see it all the same."""
    review = drawn(cast, cast.contractor)
    assert review.self_due is None and not Session.objects.exists()
    said = Notice.objects.filter(to_user=cast.contractor.user.pk).values_list("kind", flat=True)
    assert list(said) == ["quality.offered"]
    own_view(cast, review, person=cast.contractor)
    assert evaluated(cast, review).state == "released"


def test_what_an_agent_cannot_control_costs_them_nothing(cast: Cast) -> None:
    """N12: all points suffer, the score does not; the loss is counted for who can mend it."""
    review = released(cast, SLOW, timezone.now())
    assert review.score == 100 and review.all_points == pytest.approx(100 * 4 / 6)
    assert LostPoint.objects.get().controlled_by == "system"
    page = cast.client(cast.manager).get("/quality/lost/").content.decode()
    assert "Systems answered at once" in page and cast.agent.user.name not in page
    assert 'href="/quality/phrases/"' in page
    csv = cast.client(cast.manager).get("/quality/lost/lost.csv").content.decode()
    assert '"system","Systems answered at once",1,33.33' in csv


def test_a_critical_failure_is_zero_with_the_reason(cast: Cast) -> None:
    review = released(cast, WELL | {"verify": "no"})
    page = cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode()
    assert review.score == 0 and "A critical item failed (“Verifies who calls”)" in page


def test_a_score_opens_into_its_reasons(cast: Cast) -> None:
    """What counts, what was left out, how sure, how to contest."""
    review = released(cast)
    page = cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode()
    for said in ("each item's weight", "controlled by systems and tools", "one contact and one evaluator",
                 "may dispute it for ten days"):  # fmt: skip
        assert said in page.replace("&#x27;", "'"), said


def test_drafts_are_kept_and_two_evaluators_do_not_overwrite_each_other(cast: Cast) -> None:
    """What was answered is there when the page is opened again; after a take-over the first is told."""
    review = drawn(cast)
    browser, page = cast.client(cast.quality_analyst), f"/quality/reviews/{review.pk}/evaluate/"
    data = {"version": 1, "value-greet": "no", "comment-greet": "No name at all", "seconds-greet": "5"}
    assert browser.post(page, data | {"verb": "keep"}).status_code == 302
    again = browser.get(page).content.decode()
    assert "No name at all" in again and 'value="no" required' not in again
    answer = browser.post(page, data | {"verb": "finish"})
    assert answer.status_code == 422 and "Still to be answered" in answer.content.decode()
    services.take_over(review_id=review.pk, version=1, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(Stale):
        services.evaluate(
            review_id=review.pk, answers=WELL, remarks={}, version=1, finish=True,
            by=cast.quality_analyst.actor, at=NOW,
        )  # fmt: skip
    with pytest.raises(services.NotTheEvaluator):
        services.evaluate(
            review_id=review.pk, answers=WELL, remarks={}, version=2, finish=True,
            by=cast.quality_analyst.actor, at=NOW,
        )  # fmt: skip
    promises = Promise.objects.filter(kind="quality.review").order_by("pk").values_list("owner__name", "state")
    assert list(promises) == [("Quality Analyst", "withdrawn"), ("Supervisor", "open")]


def test_a_dispute_is_answered_by_somebody_else_and_changes_the_score(cast: Cast) -> None:
    """Promised within five working days, kept with the answer; the words reach three people."""
    review = released(cast, at=timezone.now())
    cast.client(cast.agent).post(f"/quality/reviews/{review.pk}/dispute/", {"words": "I said the name twice"})
    review.refresh_from_db()
    found = review.disputes.get()
    assert review.state == "disputed" and found.decider == cast.supervisor.user
    promise = Promise.objects.get(kind="quality.dispute")
    assert (promise.owner, promise.state, promise.to_user) == (cast.supervisor.user, "open", cast.agent.user)
    page = f"/quality/reviews/{review.pk}/decide/"
    asked = cast.client(cast.supervisor).get(page).content.decode()
    assert "I said the name twice" in asked
    data = {f"value-{key}": value for key, value in WELL.items()} | {"version": review.version, "verb": "change"}
    assert cast.client(cast.supervisor).post(page, data | {"words": "Heard it at 0:05."}).status_code == 302
    review.refresh_from_db()
    found.refresh_from_db()
    assert (review.state, review.score, found.state) == ("decided", 100.0, "changed")
    assert (found.score_before, found.score_after) == (75.0, 100.0)
    promise.refresh_from_db()
    assert promise.state == "kept"
    for person in (cast.agent, cast.quality_analyst, cast.supervisor):
        said = cast.client(person).get(f"/quality/reviews/{review.pk}/").content.decode()
        assert "Heard it at 0:05." in said and "I said the name twice" in said, person.key
    assert not queries.visible_remarks(cast.manager.actor).exists()


def test_where_nobody_else_may_the_evaluator_answers_and_that_is_said(cast: Cast) -> None:
    """S-15: before the agent disputes, when they have, to who answers, and beside the answer for good."""
    a_form(cast)
    one, now = in_one_hand(cast), timezone.now()
    review = services.draw(conversation_id=a_talk(cast).pk, by=one.actor, at=now)
    own_view(cast, review, at=now)
    review.refresh_from_db()
    services.evaluate(
        review_id=review.pk, answers=RUDE, remarks={}, version=review.version, finish=True, by=one.actor, at=now
    )
    agent, page = cast.client(cast.agent), f"/quality/reviews/{review.pk}/"
    before = agent.get(page).content.decode()
    assert "Nobody but Manager may evaluate here" in before
    assert "somebody else answers" not in before and "Somebody else than" not in before
    said = agent.post(f"{page}dispute/", {"words": "I said the name."}, follow=True).content.decode()
    assert "who evaluated it: nobody else may answer here" in said
    assert review.disputes.get().alone
    assert "You evaluated this contact yourself" in cast.client(one).get(f"{page}decide/").content.decode()
    review.refresh_from_db()
    services.decide(
        review_id=review.pk, answers={}, words="Heard again: no.", changes=False, version=review.version,
        by=one.actor, at=now,
    )  # fmt: skip
    assert "Manager evaluated the contact too: nobody else may here" in agent.get(page).content.decode()


def test_a_second_score_gives_way_to_a_dispute(cast: Cast) -> None:
    """The only other person was to score the contact again, blind: they answer the agent instead."""
    review = released(cast)
    double = services.draw(
        conversation_id=review.conversation_id, by=cast.quality_analyst.actor, at=NOW, why="double",
        evaluator_id=cast.supervisor.user.pk,
    )  # fmt: skip
    services.dispute(review_id=review.pk, words="No.", by=cast.agent.actor, at=NOW)
    found = review.disputes.get()
    double.refresh_from_db()
    assert (found.decider, found.alone, double.state) == (cast.supervisor.user, False, "dropped")


def test_a_dispute_has_its_window_and_two_rounds(cast: Cast) -> None:
    """After ten days nobody is asked any more; the second answer is the last."""
    review = released(cast)
    ask = {"review_id": review.pk, "words": "No.", "by": cast.agent.actor}
    with pytest.raises(services.DisputeNotOpen):
        services.dispute(**ask, at=NOW + 11 * DAY)
    for number in (1, 2):
        review = services.dispute(**ask, at=NOW + number * DAY)
        decider = review.disputes.get(round=number).decider
        by = cast.supervisor.actor if decider == cast.supervisor.user else cast.quality_analyst.actor
        services.decide(
            review_id=review.pk, answers={}, words="It stands.", changes=False, version=review.version, by=by,
            at=NOW + number * DAY,
        )  # fmt: skip
    with pytest.raises(services.DisputeNotOpen):
        services.dispute(**ask, at=NOW + 3 * DAY)


def test_a_review_closes_with_both_halves_and_not_over_the_agents_head(cast: Cast) -> None:
    """S55; and not before the agent has read it or may dispute it no more."""
    review = released(cast)
    end = {"review_id": review.pk, "went_well": "Calm.", "by": cast.quality_analyst.actor, "at": NOW}
    with pytest.raises(services.BothHalves):
        services.close(**end, to_improve=" ")
    with pytest.raises(services.NotHeardYet):
        services.close(**end, to_improve="Ask first.")
    cast.client(cast.agent).post(f"/quality/reviews/{review.pk}/read/")
    assert services.close(**end, to_improve="Ask first.").state == "closed"
    page = cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode()
    assert "Calm." in page and "Ask first." in page


def test_check_me_is_promised_within_two_working_days(cast: Cast) -> None:
    """On an own contact; the question reaches the evaluator, and the release keeps the promise."""
    a_form(cast)
    talk = a_talk(cast)
    at = f"/quality/conversations/{talk.pk}/check-me/"
    page = cast.client(cast.agent).post(at, {"question": "Too fast?"}, follow=True).content.decode()
    assert "An answer is promised" in page
    review = Review.objects.get()
    promise = Promise.objects.get()
    assert promise.kind == "quality.check_me" and promise.due == review.due
    desk = cast.client(cast.quality_analyst).get("/quality/").content.decode()
    assert "Agent asked: am I doing this right?" in desk
    asked = cast.client(cast.quality_analyst).get(f"/quality/reviews/{review.pk}/evaluate/").content.decode()
    assert "Too fast?" in asked
    evaluated(cast, review)
    services.release(review_id=review.pk, by=cast.quality_analyst.actor, at=NOW)
    promise.refresh_from_db()
    assert promise.state == "kept"
    with pytest.raises(NotFound):
        services.check_me(conversation_id=talk.pk, question="", by=cast.colleague.actor, at=NOW)
    with pytest.raises(services.ReviewedAlready):
        services.check_me(conversation_id=talk.pk, question="", by=cast.agent.actor, at=NOW)


def test_an_agent_evaluates_one_item_at_a_time(cast: Cast) -> None:
    """Each answer is kept and leads to the next; handed in at the end."""
    review = drawn(cast, at=timezone.now())
    browser, page = cast.client(cast.agent), f"/quality/reviews/{review.pk}/self/"
    assert "Question 1 of 4" in browser.get(page).content.decode()
    at = page
    for key, value in WELL.items():
        answer = browser.post(f"{page}?step={key}", {f"value-{key}": value})
        at = answer["Location"]
    assert at.endswith("step=end")
    assert "You have answered everything" in browser.get(at).content.decode()
    browser.post(page, {"verb": "hand_in"})
    review.refresh_from_db()
    assert review.self_handed_in_at is not None and review.self_score == 100
    assert browser.get(page).status_code == 302


def test_a_draw_is_refused_where_it_makes_no_sense(cast: Cast) -> None:
    """Without a form, twice, of somebody who has left, by who sees no such team."""
    talk = a_talk(cast)
    by = cast.quality_analyst.actor
    with pytest.raises(services.NoFormInForce):
        services.draw(conversation_id=talk.pk, by=by, at=NOW)
    a_form(cast)
    services.draw(conversation_id=talk.pk, by=by, at=NOW)
    with pytest.raises(services.ReviewedAlready):
        services.draw(conversation_id=talk.pk, by=by, at=NOW)
    with pytest.raises(services.AgentHasLeft):
        services.draw(conversation_id=a_talk(cast, cast.left, "K2").pk, by=by, at=NOW)
    with pytest.raises(NotFound):
        services.draw(conversation_id=a_talk(cast, cast.stranger, "K3").pk, by=by, at=NOW)
    with pytest.raises(IntegrityError):
        Review.objects.get().__class__.objects.filter(conversation=talk).update(state="closed", released_at=NOW)


def test_supervisors_see_answers_managers_sums_and_clients_nobody(cast: Cast) -> None:
    """TRUST §3: the evaluator's words reach the agent and the evaluator alone."""
    review = released(cast, went_well="Calm throughout.", to_improve="Say the name.")
    page = f"/quality/reviews/{review.pk}/"
    seen = cast.client(cast.supervisor).get(page).content.decode()
    assert "It was left out." in seen and "Calm throughout" not in seen
    for person in (cast.manager, cast.client_viewer, cast.colleague, cast.other_supervisor, cast.hr, cast.planner):
        assert cast.client(person).get(page).status_code == 404, person.key
    for person in (cast.manager, cast.client_viewer):
        sums = cast.client(person).get("/quality/scores/").content.decode()
        assert "too few agents to tell" in sums and cast.agent.user.name not in sums
    exported = cast.client(cast.supervisor).get("/quality/reviews/reviews.csv").getvalue().decode()
    assert "75" in exported and "Calm" not in exported


def test_the_desk_of_an_evaluator_names_why_and_at_most_seven(cast: Cast) -> None:
    """The overdue first; what waits for the agent is said and not listed."""
    for number in range(9):
        drawn(cast, key=f"K{number}", at=NOW - timedelta(days=20 - number))
    page = cast.client(cast.quality_analyst).get("/quality/").content.decode()
    assert page.count("Drawn for Agent") == 7 and "2 more wait for you" in page and "overdue" in page
    assert "Nothing waits for you" in cast.client(cast.supervisor).get("/quality/").content.decode()


def test_overdue_by_cadence(cast: Cast) -> None:
    """14 or 30 days since the last review was shown; who never had one counts from the first day."""
    released(cast)
    desk = queries.overdue(cast.quality_analyst.actor, 14, NOW + 20 * DAY)
    assert {each.agent.name: each.days for each in desk}["Agent"] == 6
    assert "Agent" not in {
        each.agent.name for each in queries.overdue(cast.quality_analyst.actor, 30, NOW + 20 * DAY)
    }
    page = cast.client(cast.quality_analyst).get("/quality/overdue/?cadence=14").content.decode()
    assert "Colleague" in page and "never" in page


def test_each_item_has_its_gap_over_time(cast: Cast) -> None:
    """Who saw it better three times and then alike is closer now: in the table and as a chart."""
    for number, judged in enumerate([RUDE] * 3 + [WELL] * 3):
        now = timezone.now() + number * timedelta(minutes=1)
        review = drawn(cast, key=f"K{number}", at=now)
        talk = review.conversation
        talk.started_at = NOW - (10 - number) * DAY
        talk.save()
        own_view(cast, review, at=now)
        evaluated(cast, review, judged, at=now)
    mine = queries.my_reviews(cast.agent.actor, timezone.now())
    widest = mine.gaps[0]
    assert (widest.text, widest.number) == ("Greets by name", 6)
    assert [points for _, points in widest.over_time] == [100, 100, 100, 0, 0, 0]
    assert mine.item_chart is not None
    assert mine.item_chart.series[0].values[2:] == pytest.approx([100, 200 / 3, 100 / 3, 0])
    page = cast.client(cast.agent).get("/quality/mine/").content.decode()
    assert "First 100, lately 0 points: you are closer now." in page
    assert "item by item" in page


def test_my_reviews_show_the_gap_and_no_ranking(cast: Cast) -> None:
    """Item by item from three contacts on; nobody else's score stands beside."""
    for number in range(3):
        now = timezone.now()
        review = drawn(cast, key=f"K{number}", at=now)
        own_view(cast, review, at=now)
        evaluated(cast, review, RUDE, at=now)
    page = cast.client(cast.agent).get("/quality/mine/").content.decode()
    assert (
        "You see it better than your evaluators" in page
        and "From six contacts on" in page
        and "rank" not in page.lower()
    )
    assert (
        "No contact of yours was reviewed yet"
        in cast.client(cast.colleague).get("/quality/mine/").content.decode()
    )
