"""The way of getting better, as its people walk it: heard, evaluated, talked over, one action, the next goal.

Told of whoever they are: the cast of the tests, or people of a sample. In a small centre one person is lead and
analyst; then both are one window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.offphone.services import tell_presence
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import services as performance
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.periods import Period
from tests.apps.performance.test_goals import measured
from tests.journeys.conftest import Calendar, again
from tests.journeys.visitor import Visitor
from tests.people import Person

DAY = timedelta(days=1)
KEPT = {"quality.review", "offphone.owed", "coaching.action", "coaching.follow_up", "performance.support"}


@dataclass(frozen=True)
class Walk:
    """Who walks it, in which windows; ``lost`` is the item that is answered second best in the evaluation."""

    agent: Person
    lead: Person
    analyst: Person
    phone: Visitor
    desk: Visitor  # of the lead
    sheet: Visitor  # of the analyst
    lost: str
    begun: datetime
    calendar: Calendar
    deliver: Callable[[], None]

    @property
    def who(self) -> Agent:
        assert self.agent.agent is not None
        return self.agent.agent

    def later(self, moment: datetime) -> None:
        """Days later everybody signs in anew."""
        self.calendar.on(moment)
        for window, person in ((self.phone, self.agent), (self.desk, self.lead)):
            again(window, person)
        if self.sheet is not self.desk:
            again(self.sheet, self.analyst)


def a_goal(walk: Walk, target: float, at: datetime) -> Goal:
    """A goal both agreed to, with a promise of the lead."""
    goal = performance.propose(
        agent_id=walk.who.pk, measure="quality_score", target=target, last_day=(at + 28 * DAY).date(),
        support="An hour beside you", by=walk.lead.actor, at=at,
    )  # fmt: skip
    return performance.agree(goal_id=goal.pk, version=goal.version, by=walk.agent.actor, at=at)


def at_work(agent: Agent, first: datetime, days: int) -> None:
    """Nine to five by the published roster."""
    nine = first.replace(hour=9, minute=0)
    shifts = [Period(nine + n * DAY, nine + n * DAY + timedelta(hours=8)) for n in range(days)]
    windows = [(agent.pk, agent.team.site_id, each) for each in shifts]
    tell_presence(agents=[agent.pk], between=Period(nine, nine + days * DAY), windows=windows)


def from_a_review_on(walk: Walk, review: Review, goal: Goal, level: float) -> None:
    """The whole way, from the contact that was drawn; ``level`` is what the agent reaches meanwhile."""
    heard_first(walk, review)
    walk.deliver()
    talked_over(walk, review)
    walk.deliver()
    action = one_to_one(walk)
    walk.deliver()
    talk_day = timezone.now()
    measured(walk.agent, "quality_score", level, 3, (talk_day + DAY).date(), 28, talk_day + 29 * DAY)
    walk.calendar.on(talk_day + 29 * DAY)
    # The day after both agreed: what a goal is helped by has its own day, whenever the talk is.
    performance.give_support(goal_id=goal.pk, by=walk.agent.actor, at=goal.agreed_by_agent_at + DAY)
    performance.judge_due(timezone.now())
    walk.deliver()
    walk.later(timezone.now())
    followed_up_and_raised(walk, action)
    walk.deliver()
    thanked(walk)
    walk.deliver()
    promises_kept(walk)


def heard_first(walk: Walk, review: Review) -> None:
    """The agent says how they see it, one question at a time; the evaluator does without seeing it."""
    phone = walk.phone
    phone.look("asked")
    phone.open(reverse("quality:review", args=[review.pk]))
    phone.look("review-blind")
    phone.follow("Evaluate it yourself")
    phone.shows("Question 1 of", "Nobody sees it before you hand it in")
    while phone.page.locator("main").get_by_role("radio").count():
        phone.page.get_by_role("radio").first.check(force=True)
        phone.press("Next")
    phone.look("own-view")
    phone.press("Hand it in")
    phone.shows("Handed in. Thank you for looking first.")
    phone.look("handed-in")
    evaluated(walk, review)


def evaluated(walk: Walk, review: Review) -> None:
    """By who was asked to, blind to what the agent said; one item is answered second best."""
    sheet = walk.sheet
    sheet.open(reverse("quality:to_review"))
    sheet.look("to-review")
    sheet.open(reverse("quality:evaluate", args=[review.pk]))
    sheet.hides("Handed in")
    for group in sheet.page.locator("main fieldset").all():
        if group.get_by_role("radio").count():
            group.get_by_role("radio").first.check(force=True)
    lost = sheet.page.locator("main fieldset", has_text=walk.lost).first
    lost.get_by_role("radio").nth(1).check(force=True)
    sheet.fill("What went well", "You stayed calm and looked at once.")
    sheet.fill("What to improve", "Say the customer's name first.")
    sheet.look("evaluate")
    sheet.press("Finish")


def talked_over(walk: Walk, review: Review) -> None:
    """The score is shown to both; the agent opens it into its reasons and has read it; the review is closed."""
    phone, page = walk.phone, reverse("quality:review", args=[review.pk])
    phone.open(reverse("quality:mine"))
    phone.shows("is evaluated.", "read it, and say so if you see it otherwise")
    phone.page.locator(f"main a[href='{page}']").first.click()
    phone.page.wait_for_load_state()
    phone.shows("You stayed calm and looked at once.", "Say the customer's name first.", "of 100")
    phone.look_everywhere("score")
    phone.press("I have read it")
    walk.sheet.open(page)
    walk.sheet.press("Close")
    walk.sheet.look("closed")
    review.refresh_from_db()
    assert review.state == "closed"


def one_to_one(walk: Walk) -> str:
    """Planned, placed, prepared from evidence, the agent's words first, one action both agree on; its address."""
    phone, lead, begun = walk.phone, walk.desk, timezone.now()
    lead.open(f"{reverse('coaching:plan_talk')}?agent={walk.who.pk}")
    lead.fill("Until when", f"{begun + 9 * DAY:%Y-%m-%d}")
    lead.press("Plan it")
    lead.press("Place it here")
    talk = lead.path
    lead.follow("Prepare it")
    lead.shows("Contact of", f"lost at {walk.lost}")
    lead.page.get_by_role("checkbox", name=f"lost at {walk.lost}").first.check(force=True)
    lead.look("prepare")
    lead.press("Put it on the agenda")
    lead.look_everywhere("prepared")

    phone.open(reverse("coaching:talks"))
    phone.page.locator(f"main a[href='{talk}']").first.click()
    phone.page.wait_for_load_state()
    phone.shows(f"lost at {walk.lost}")
    phone.fill("What you want to talk about", "The names are hard to read on my screen.")
    phone.press("Put it on the agenda")
    phone.look_everywhere("agenda")
    walk.later(begun + 2 * DAY)
    lead.open(talk)
    lead.shows("The names are hard to read on my screen.")
    lead.press("It takes place now")
    phone.open(talk)
    phone.fill("Your words", "I want to say the name, once I can read it.")
    phone.press("Write it")
    lead.open(talk)
    lead.fill("What the agent will do", "Say the customer's name in the first sentence")
    lead.field("Point of the agenda").select_option(index=1)
    lead.choose("Seen in which measure", "Quality score")
    lead.fill("How you both will see it", "In four contacts of five")
    lead.fill("Done by", f"{begun + 25 * DAY:%Y-%m-%d}")
    lead.fill("Looked at again on", f"{begun + 32 * DAY:%Y-%m-%d}")
    lead.fill("What you do for it as the lead", "A larger font on your screen")
    lead.look("action-form")
    lead.press("Write it down")
    phone.open(talk)
    phone.press("Agree to it")
    phone.shows("Agreed: it is promised both ways.", "A larger font on your screen")
    phone.look("agreed")
    lead.open(talk)
    lead.press("Close it")
    lead.shows("Looked at again on")
    lead.look_everywhere("closed")
    lead.follow("Say the customer's name in the first sentence")
    return lead.path


def followed_up_and_raised(walk: Walk, action: str) -> None:
    """The agent did it, the lead looks again with the measure beside it; both agree to the next goal."""
    phone, lead = walk.phone, walk.desk
    phone.look("home-weeks-later")
    phone.open(action)
    phone.press("I did it")
    phone.look("did-it")
    lead.look("home-weeks-later")
    lead.open(action)
    lead.page.get_by_role("radio", name="done", exact=True).check(force=True)
    lead.press("Say what came of it")
    lead.shows("What the measure did")
    # What can be told from chance depends on how even the agent's own days were.
    assert any(each in lead.text for each in ("Other things may have changed too.", "Chance alone can make such"))
    lead.look_everywhere("followed-up")
    lead.follow("Raise the goal")
    lead.shows("A next step")
    lead.fill("What you will do for it", "A coach for a day")
    lead.look("raise")
    lead.press("Propose it")
    goal = lead.path
    phone.open(goal)
    phone.shows("A coach for a day", "Raised from an earlier goal")
    phone.look_everywhere("next-goal")
    phone.press("Agree")
    phone.shows("agreed")


def thanked(walk: Walk) -> None:
    """The thanks stands on the page of thanks and on the agent's own page; the notice says who said it."""
    walk.desk.open(f"/thanks/say/?colleague={walk.who.number}")
    walk.desk.fill("Your words", "You say every name now. Customers hear it.")
    walk.desk.look("thank")
    walk.desk.press("Say thanks")
    phone = walk.phone
    phone.open(reverse("kernel:notices"))
    phone.look("notices")
    phone.open("/thanks/")
    phone.shows("You say every name now. Customers hear it.")
    phone.look_everywhere("thanks")
    phone.open(reverse("people:agent", args=[walk.who.pk]))
    phone.shows("You say every name now. Customers hear it.")
    phone.look_everywhere("agents-page")


def promises_kept(walk: Walk) -> None:
    """What was promised between these people on the way was kept, and the agent reads so."""
    walk.phone.open(reverse("promises:promises"))
    walk.phone.shows("Review of the contact of", "One-to-one, 30 min", "kept")
    walk.phone.look_everywhere("promises")
    theirs = [walk.agent.user.pk, walk.lead.user.pk, walk.analyst.user.pk]
    ended = set(
        Promise.objects.filter(owner__in=theirs, to_user__in=theirs, made_at__gte=walk.begun)
        .exclude(state="open")
        .values_list("kind", "state")
    )
    assert {state for _kind, state in ended} == {"kept"}, ended
    assert {kind for kind, _state in ended} >= KEPT
