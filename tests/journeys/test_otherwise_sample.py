"""When it does not go by the book, on *harbour* and *corner*, told of one agent, who leads them and who evaluates:
missed, disputed, cancelled, declined, broken, moved, left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.hub import services as hub
from floorwalker.apps.hub.models import Topic
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people import services as people
from floorwalker.apps.people.models import LeavingReason, Team
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises import services as promises
from floorwalker.apps.promises.kinds import KINDS
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services as quality
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.roles import Role, Scope
from tests.journeys import loop
from tests.journeys.conftest import Calendar, Made, Visit, again
from tests.journeys.sampled import holder_of, three_of_them
from tests.journeys.visitor import Visitor
from tests.people import Person

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may
DAY = loop.DAY
LOST = "Lets the customer finish"


@pytest.mark.parametrize(
    ("name", "stages"),
    [("harbour", ("people",)), ("corner", ("people", "history", "forecasts", "staff", "roster", "publication"))],
)
def test_nobody_is_overlooked_and_what_was_promised_stays_to_be_seen(
    name: str,
    stages: tuple[str, ...],
    visit: Visit,
    made: Made,
    calendar: Calendar,
    deliver: Callable[[], None],
) -> None:
    """Seven moments of one agent, each where the people concerned see it."""
    made(name, stages)
    three = three_of_them()
    desk = visit(f"{name}-otherwise-lead").sign_in(three.lead.user)
    one_person = three.lead.user == three.analyst.user
    walk = loop.Walk(
        agent=three.agent, lead=three.lead, analyst=three.analyst,
        phone=visit(f"{name}-otherwise-agent", 390).sign_in(three.agent.user), desk=desk,
        sheet=desk if one_person else visit(f"{name}-otherwise-analyst").sign_in(three.analyst.user), lost=LOST,
        begun=three.review.drawn_at, calendar=calendar, deliver=deliver,
    )  # fmt: skip
    goal = loop.a_goal(walk, round(three.usual + 2), timezone.now())
    loop.at_work(walk.who, timezone.now() + DAY, 20)
    own_view_missed_and_dispute_won(walk, three.review, visit(f"{name}-otherwise-decider"))
    deliver()
    talk = talk_lost_to_a_surge(walk)
    deliver()
    idea_declined(walk)
    deliver()
    promise_broken_in_public(walk)
    deliver()
    if name == "harbour":  # in a corner shop nobody else leads
        another_lead_takes_over(walk, talk, visit("harbour-otherwise-moved"))
        deliver()
    left_in_the_middle(walk, talk, goal)


def own_view_missed_and_dispute_won(walk: loop.Walk, review: Review, decider: Visitor) -> None:
    """The review goes on without the agent's own view and says so; who decides is told, and the score changes."""
    loop.evaluated(walk, review)
    walk.deliver()
    review.refresh_from_db()
    assert review.self_due is not None
    walk.later(review.self_due + timedelta(hours=1))
    quality.release_due(timezone.now())
    walk.deliver()
    phone, page = walk.phone, reverse("quality:review", args=[review.pk])
    phone.open(page)
    phone.shows("There was no own evaluation within its days; the review went on without.")
    phone.look_everywhere("own-view-missed")
    phone.fill("Your words", "I let her finish each time; please listen at the end.")
    phone.press("Dispute the score")
    phone.look("disputed")
    walk.deliver()
    dispute = review.disputes.get()
    decider.sign_in(dispute.decider)
    decider.open(reverse("quality:decide", args=[review.pk]))
    decider.shows("I let her finish each time")
    disputed = decider.page.locator("main fieldset", has_text=walk.lost).first
    disputed.get_by_role("radio", name="fully").check(force=True)
    decider.fill("Your words", "Heard it at the end: you did.")
    decider.look_everywhere("answers-the-dispute")
    decider.press("Change the answers above")
    walk.deliver()
    phone.open(page)
    phone.shows("Heard it at the end: you did.", "the score was changed", "fully", "100")
    phone.look_everywhere("dispute-won")
    assert Promise.objects.get(kind="quality.dispute", to_user=walk.agent.user).state == "kept"


def talk_lost_to_a_surge(walk: loop.Walk) -> OneToOne:
    """Its time is taken away, with the reason; it stays owed, and the next cheap time is taken."""
    lead, phone, begun = walk.desk, walk.phone, timezone.now()
    lead.open(f"{reverse('coaching:plan_talk')}?agent={walk.who.pk}")
    lead.fill("Until when", f"{begun + 9 * DAY:%Y-%m-%d}")
    lead.press("Plan it")
    lead.press("Place it here")
    talk = OneToOne.objects.filter(agent=walk.who).latest("pk")
    page = reverse("coaching:talk", args=[talk.pk])
    walk.deliver()
    lead.open(page)
    lead.page.locator("summary", has_text="Take its time away").click()
    lead.fill("Why, if you like", "Twice as many callers as forecast.")
    lead.look("why")
    lead.press("Take it away")
    walk.deliver()
    phone.open(reverse("kernel:notices"))
    phone.shows("cancelled; it needs another time")
    phone.open("/time/")
    phone.look_everywhere("still-owed")
    lead.open(page)
    lead.press("Place it here")
    lead.look_everywhere("placed-again")
    talk.refresh_from_db()
    assert Session.objects.get(pk=talk.session).state == "placed"
    phone.open(page)
    phone.look("sees-the-new-time")
    return talk


def idea_declined(walk: loop.Walk) -> None:
    """Its author reads why."""
    topic = Topic.objects.exclude(owner=walk.agent.user).order_by("pk").first()
    assert topic is not None
    now = timezone.now()
    idea = hub.say(
        kind="idea", topic_id=topic.pk, text="A second screen for refunds.", by=walk.agent.actor, at=now
    )
    hub.say(kind="question", topic_id=topic.pk, text="Who mends the headsets?", by=walk.agent.actor, at=now)
    walk.deliver()
    owner = walk.desk
    again(owner, Person("owner", topic.owner))
    owner.open(reverse("hub:saying", args=[idea.pk]))
    owner.page.locator("form[action$='decline/'] textarea").fill("The desks have no room.")
    owner.look("declines")
    owner.press("Decline, with this reason")
    walk.deliver()
    walk.phone.open(reverse("hub:saying", args=[idea.pk]))
    walk.phone.shows("The desks have no room.", "declined")
    walk.phone.look_everywhere("declined")


def promise_broken_in_public(walk: loop.Walk) -> None:
    """The question nobody answered: a day that passes is broken where everybody concerned sees it."""
    due = Promise.objects.filter(state="open", to_user=walk.agent.user, kind__startswith="hub.").latest("due")
    walk.later(due.due + KINDS[due.kind].grace + timedelta(hours=1))
    promises.lapse(timezone.now())
    walk.deliver()
    due.refresh_from_db()
    assert due.state == "broken"
    walk.phone.open(reverse("promises:promises"))
    walk.phone.shows("broken", due.owner.name)
    walk.phone.look_everywhere("promise-broken")
    walk.desk.open("/say/answered/")
    walk.desk.shows("past its day")
    walk.desk.look_everywhere("you-said-we-did")


def another_lead_takes_over(walk: loop.Walk, talk: OneToOne, fresh: Visitor) -> None:
    """What is owed goes on with the new lead; who led before reads it no more."""
    others = RoleHeld.objects.filter(role=Role.SUPERVISOR, scope=Scope.TEAM).exclude(scope_id=walk.who.team_id)
    held = others.exclude(user=walk.lead.user).select_related("user").order_by("pk").first()
    assert held is not None
    walk.who.refresh_from_db()
    people.move_agent(
        agent_id=walk.who.pk, version=walk.who.version, team_id=Team.objects.get(pk=held.scope_id).pk,
        on=timezone.localdate(), by=holder_of(Role.MANAGER).actor, at=timezone.now(),
    )  # fmt: skip
    walk.deliver()
    fresh.sign_in(held.user)
    fresh.look("home-of-the-new-lead")
    fresh.open(reverse("people:agent", args=[walk.who.pk]))
    fresh.shows(walk.who.name)
    fresh.look_everywhere("leads-now")
    again(walk.desk, walk.lead)
    assert walk.desk.open(reverse("people:agent", args=[walk.who.pk])) == 404
    walk.phone.open(reverse("coaching:talks"))
    walk.phone.look("own-talks-after-the-move")


def left_in_the_middle(walk: loop.Walk, talk: OneToOne, goal: Goal) -> None:
    """A one-to-one and a goal end with a reason, promises are withdrawn, and nothing breaks."""
    walk.who.refresh_from_db()
    reason = LeavingReason.objects.order_by("pk").first()
    assert reason is not None
    people.record_leaving(
        agent_id=walk.who.pk, version=walk.who.version, left_on=timezone.localdate(), reason_id=reason.pk,
        by=holder_of(Role.MANAGER).actor, at=timezone.now(),
    )  # fmt: skip
    walk.deliver()
    goal.refresh_from_db()
    talk.refresh_from_db()
    assert (goal.state, talk.state) == ("let_go", "ended"), (goal.state, talk.state)
    theirs = Promise.objects.filter(state="open", to_user=walk.agent.user)
    assert not theirs.exists(), list(theirs.values_list("kind", "ref_id"))
    manager = walk.desk
    again(manager, holder_of(Role.MANAGER))
    manager.open(reverse("people:agent", args=[walk.who.pk]))
    manager.look_everywhere("left")
