"""The loop when it does not go by the book: nobody is overlooked, and what was promised stays to be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.hub import services as hub
from floorwalker.apps.hub.models import Topic
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people import services as people
from floorwalker.apps.performance import services as performance
from floorwalker.apps.promises import services as promises
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services as quality
from tests.apps.coaching import talking
from tests.apps.coaching.test_pairs import accepted
from tests.apps.performance.test_goals import measured
from tests.apps.quality.cases import RUDE, drawn, evaluated, released
from tests.journeys.conftest import Calendar, Visit, again
from tests.people import NOW, Cast

pytestmark = pytest.mark.prove  # longer than a test may take

DAY = timedelta(days=1)


def test_an_own_view_that_was_missed_and_a_dispute_that_was_won(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """The review goes on after three working days and says so; somebody else answers, and the score changes."""
    calendar.on(NOW)
    missed = evaluated(cast, drawn(cast), RUDE)
    assert missed.self_due is not None
    quality.release_due(missed.self_due)
    calendar.on(missed.self_due + timedelta(hours=1))
    deliver()
    phone = visit("otherwise-agent", 390).sign_in(cast.agent.user)
    phone.look("home-score-is-there")
    phone.open(f"/quality/reviews/{missed.pk}/")
    phone.shows("There was no own evaluation within its days; the review went on without.")
    phone.look_everywhere("own-view-missed")
    phone.fill("Your words", "I said the name twice, at 0:05.")
    phone.press("Dispute the score")
    phone.shows("Supervisor")
    phone.look("disputed")
    deliver()
    lead = visit("otherwise-supervisor").sign_in(cast.supervisor.user)
    lead.look("home-dispute-waits")
    lead.open(f"/quality/reviews/{missed.pk}/decide/")
    lead.shows("I said the name twice, at 0:05.")
    lead.page.locator("main fieldset").first.get_by_role("radio").first.check(force=True)
    lead.fill("Your words", "Heard it at 0:05.")
    lead.look("answers-the-dispute")
    lead.press("Change the answers above")
    deliver()
    phone.open(f"/quality/reviews/{missed.pk}/")
    phone.shows("Heard it at 0:05.", "75", "100")
    phone.look_everywhere("dispute-won")
    assert Promise.objects.get(kind="quality.dispute").state == "kept"


def test_a_talk_lost_to_a_surge_is_placed_again(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """Its time is taken away, with the reason; it stays owed, and the next cheap time is taken."""
    calendar.on(NOW)
    talk = talking.placed(cast)
    talking.on_shift(cast, days=2)
    deliver()
    lead = visit("surge-supervisor").sign_in(cast.supervisor.user)
    lead.open(f"/coaching/talks/{talk.pk}/")
    lead.page.locator("summary", has_text="Take its time away").click()
    lead.fill("Why, if you like", "Twice as many callers as forecast.")
    lead.look("why")
    lead.press("Take it away")
    deliver()
    phone = visit("surge-agent", 390).sign_in(cast.agent.user)
    phone.open("/notices/")
    phone.shows("cancelled; it needs another time")
    phone.look("told")
    phone.open("/time/")
    phone.look_everywhere("still-owed")
    lead.open(f"/coaching/talks/{talk.pk}/")
    lead.press("Place it here")
    lead.look_everywhere("placed-again")
    assert Session.objects.get(pk=talk.session).state == "placed"
    phone.open(f"/coaching/talks/{talk.pk}/")
    phone.look("sees-the-new-time")
    assert Promise.objects.get(kind="offphone.owed").state == "open"


def test_an_idea_declined_with_its_reason_and_a_promise_broken_in_public(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """Its author reads why; a day that passes without an answer is broken where everybody concerned sees it."""
    calendar.on(NOW)
    topic = Topic.objects.create(name="Tools", owner=cast.supervisor.user)
    idea, _question = (
        hub.say(kind=kind, topic_id=topic.pk, text=text, by=cast.agent.actor, at=NOW)
        for kind, text in (("idea", "A second screen for refunds."), ("question", "Who mends the headsets?"))
    )
    deliver()
    lead = visit("idea-supervisor").sign_in(cast.supervisor.user)
    lead.open(f"/say/one/{idea.pk}/")
    lead.page.locator("form[action$='decline/'] textarea").fill("The desks have no room.")
    lead.look("declines")
    lead.press("Decline, with this reason")
    deliver()
    phone = visit("idea-agent", 390).sign_in(cast.agent.user)
    phone.open(f"/say/one/{idea.pk}/")
    phone.shows("The desks have no room.", "declined")
    phone.look_everywhere("declined")
    calendar.on(max(Promise.objects.filter(state="open").values_list("due", flat=True)) + 30 * DAY)
    assert promises.lapse(timezone.now()) == 1
    deliver()
    again(phone, cast.agent).open("/promises/")
    phone.shows("broken", "Supervisor")
    phone.look_everywhere("promise-broken")
    other = visit("idea-colleague", 390).sign_in(cast.colleague.user)
    other.open("/say/answered/")
    other.shows("1 answer is past its day", "Supervisor", "Tools")
    other.hides("Who mends the headsets?")
    other.look_everywhere("you-said-we-did")
    manager = visit("idea-manager").sign_in(cast.manager.user)
    manager.open("/promises/")
    manager.follow("All I may see")
    manager.shows("broken")
    manager.look("promises-of-all")


def test_another_lead_takes_over_and_an_agent_who_leaves_leaves_nothing_open(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """What was agreed goes on with the new lead, the words do not; leaving ends the rest with a reason."""
    calendar.on(NOW)
    talk, action = talking.closed(cast)
    fresh = talking.planned(cast)
    agent = cast.agent.agent
    assert agent is not None
    by, at = cast.manager.actor, timezone.now()
    agent = people.move_agent(
        agent_id=agent.pk, version=agent.version, team_id=cast.world.north_two.pk, on=NOW.date(), by=by, at=at
    )
    deliver()
    lead = visit("moved-lead").sign_in(cast.other_supervisor.user)
    lead.look("home")
    lead.open(f"/coaching/actions/{action.pk}/")
    lead.shows("Look at it again")
    lead.hides("zqtalksecretqz hurts")
    lead.look_everywhere("goes-on")
    assert lead.open(f"/coaching/talks/{talk.pk}/") == 404
    phone = visit("moved-agent", 390).sign_in(cast.agent.user)
    phone.open("/coaching/talks/")
    phone.look("own-talks-after-the-move")
    calendar.on(NOW + DAY)
    people.record_leaving(
        agent_id=agent.pk, version=agent.version, left_on=NOW.date(), reason_id=cast.world.reason.pk,
        by=by, at=timezone.now(),
    )  # fmt: skip
    deliver()
    again(lead, cast.other_supervisor).open(f"/coaching/actions/{action.pk}/")
    lead.look("left-nothing-open")
    fresh.refresh_from_db()
    assert fresh.state == "ended"
    assert not Promise.objects.filter(state="open").exists()
    assert not Promise.objects.filter(state="broken").exists()


def test_an_agent_leaves_in_the_middle_of_everything(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """A contact drawn, a goal and a buddy end with a reason; the dispute is still answered, and nothing breaks."""
    calendar.on(NOW)
    agent = cast.agent.agent
    assert agent is not None
    disputed = quality.dispute(
        review_id=released(cast).pk, words="I said the name.", by=cast.agent.actor, at=timezone.now()
    )
    waiting = drawn(cast, key="K2", at=NOW)
    measured(cast.agent, "quality_score", 70, 4, (NOW - 28 * DAY).date(), 28, NOW)
    goal = performance.propose(
        agent_id=agent.pk, measure="quality_score", target=72.0, last_day=(NOW + 28 * DAY).date(),
        support="An hour beside you", by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    performance.agree(goal_id=goal.pk, version=goal.version, by=cast.agent.actor, at=NOW)
    pair = accepted(cast)
    deliver()
    lead = visit("leaver-supervisor").sign_in(cast.supervisor.user)
    lead.open(reverse("performance:goal", args=[goal.pk]))
    lead.look("goal-before")
    people.record_leaving(
        agent_id=agent.pk, version=agent.version, left_on=NOW.date(), reason_id=cast.world.reason.pk,
        by=cast.manager.actor, at=timezone.now(),
    )  # fmt: skip
    deliver()
    lead.open(reverse("performance:goal", args=[goal.pk]))
    lead.shows("let go", "the agent has left")
    lead.look_everywhere("goal-ended")
    lead.open(f"/coaching/pairs/{pair.pk}/")
    lead.shows("ended")
    lead.look_everywhere("pair-ended")
    analyst = visit("leaver-analyst").sign_in(cast.quality_analyst.user)
    analyst.open(f"/quality/reviews/{waiting.pk}/")
    analyst.shows("dropped")
    analyst.look_everywhere("review-dropped")
    analyst.open("/promises/")
    analyst.follow("Owed by me")
    analyst.shows("withdrawn")
    analyst.look("promises-withdrawn")
    decider = visit("leaver-decider").sign_in(disputed.disputes.get().decider)
    decider.open("/notices/")
    decider.shows("Who doubts a score has left; the answer is still owed to their record")
    decider.open("/quality/")
    decider.shows("has left and doubted the score; you answer it for the record.")
    decider.look_everywhere("dispute-of-a-leaver")
    decider.open(f"/quality/reviews/{disputed.pk}/")
    decider.shows("The doubt in the score is still answered")
    decider.look("review-still-doubted")
    decider.follow("Answer the dispute")
    decider.fill("Your words", "Heard it at 0:05.")
    decider.page.locator("main fieldset").first.get_by_role("radio").first.check(force=True)
    decider.press("Change the answers above")
    quality.end_of_leavers(timezone.now())
    decider.open(f"/quality/reviews/{disputed.pk}/")
    decider.shows("Closed, because", "the score was changed")
    decider.look_everywhere("won-after-leaving")
    assert set(Promise.objects.exclude(state="kept").values_list("state", flat=True)) == {"withdrawn"}
