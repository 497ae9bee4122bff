"""How an agent gets better: from a contact drawn by chance to a goal raised, thanks and promises kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from floorwalker.apps.offphone.services import tell_presence
from floorwalker.apps.performance import services as performance
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services as quality
from floorwalker.apps.quality.models import Conversation, Review
from floorwalker.kernel.periods import Period
from tests.apps.performance.test_goals import measured
from tests.apps.quality.cases import a_form
from tests.journeys.conftest import Calendar, Visit, again
from tests.journeys.visitor import Visitor
from tests.people import NOW, Cast

DAY = timedelta(days=1)
KEPT = {"quality.review", "offphone.owed", "coaching.action", "coaching.follow_up", "performance.support"}


def with_a_past(cast: Cast) -> Goal:
    """Contacts, a month of scores around 70, and a goal both agreed to, with a promise of the lead."""
    assert cast.agent.agent is not None
    a_form(cast)
    Conversation.objects.bulk_create(
        Conversation(
            key=f"K{day}", agent=cast.agent.agent, client=cast.world.aurora, channel="phone", seconds=300,
            started_at=NOW + (day - 14) * DAY, reason="late parcel", imported_at=NOW,
            turns=[{"speaker": "customer", "at": 0, "text": "Where is it?"},
                   {"speaker": "agent", "at": 5, "text": "Let me look."}],
        )
        for day in range(35)
    )  # fmt: skip
    measured(cast.agent, "quality_score", 70, 4, (NOW - 28 * DAY).date(), 28, NOW)
    pk = cast.agent.agent.pk
    goal = performance.propose(
        agent_id=pk, measure="quality_score", target=72.0, last_day=(NOW + 28 * DAY).date(),
        support="An hour beside you", by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    return performance.agree(goal_id=goal.pk, version=goal.version, by=cast.agent.actor, at=NOW)


def at_work(cast: Cast, first: datetime, days: int) -> None:
    """Nine to five by the published roster."""
    assert cast.agent.agent is not None
    pk, nine = cast.agent.agent.pk, first.replace(hour=9, minute=0)
    shifts = [Period(nine + n * DAY, nine + n * DAY + timedelta(hours=8)) for n in range(days)]
    between = Period(nine, nine + days * DAY)
    tell_presence(agents=[pk], between=between, windows=[(pk, cast.world.north.pk, each) for each in shifts])


def test_from_a_contact_drawn_to_a_goal_raised(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """Heard first, evaluated, talked over; one action, followed up; the next goal, thanks, promises kept."""
    assert cast.agent.agent is not None
    calendar.on(NOW)
    goal = with_a_past(cast)
    analyst = visit("better-analyst").sign_in(cast.quality_analyst.user)
    drawn_by_a_plan(analyst, calendar)
    deliver()
    review = Review.objects.get()
    phone = visit("better-agent", 390).sign_in(cast.agent.user)
    heard_first(phone, again(analyst, cast.quality_analyst), review)
    deliver()
    talked_over(phone, analyst, review)
    deliver()
    lead = visit("better-supervisor").sign_in(cast.supervisor.user)
    at_work(cast, timezone.now() + DAY, 10)
    action_page = one_to_one(phone, lead, cast, calendar)
    deliver()

    talk_day = timezone.now()
    measured(cast.agent, "quality_score", 78, 3, (talk_day + DAY).date(), 28, talk_day + 29 * DAY)
    calendar.on(talk_day + 29 * DAY)
    performance.give_support(goal_id=goal.pk, by=cast.agent.actor, at=NOW + 12 * DAY)
    performance.judge_due(timezone.now())
    deliver()
    again(phone, cast.agent)
    again(lead, cast.supervisor)
    followed_up_and_raised(phone, lead, action_page)
    deliver()
    thanked(phone, lead, cast.agent.agent.number)
    deliver()
    promises_kept(phone)


def drawn_by_a_plan(analyst: Visitor, calendar: Calendar) -> None:
    """The plan is made on its page; one of the nights that follow draws a contact, and its page shows it."""
    analyst.open("/quality/plans/new/")
    analyst.fill("Name", "Every fortnight")
    analyst.press("Keep it")
    analyst.shows("1 contact of each agent in 14 days", "Nothing was drawn yet")
    page = analyst.path
    for night in range(1, 15):
        calendar.on(NOW + night * DAY)
        if quality.draw_due(timezone.now()):
            break
    analyst.context.clear_cookies()
    analyst.open(page)


def heard_first(phone: Visitor, analyst: Visitor, review: Review) -> None:
    """The agent says how they see it, one question at a time; the evaluator does without seeing it."""
    phone.look("asked")
    phone.open(f"/quality/reviews/{review.pk}/")
    phone.look("review-blind")
    phone.follow("Evaluate it yourself")
    for number in range(1, 5):
        phone.shows(f"Question {number} of 4", "Nobody sees it before you hand it in")
        phone.page.get_by_role("radio").first.check(force=True)
        phone.press("Next")
    phone.look("own-view")
    phone.press("Hand it in")
    phone.shows("Handed in. Thank you for looking first.")
    phone.look("handed-in")
    analyst.open("/quality/")
    analyst.look("to-review")
    analyst.follow("Evaluate")
    analyst.hides("Handed in")
    for group in analyst.page.locator("main fieldset").all():
        group.get_by_role("radio").first.check(force=True)
    analyst.page.locator("main fieldset").first.get_by_role("radio").nth(1).check(force=True)
    analyst.fill("What went well", "You stayed calm and looked at once.")
    analyst.fill("What to improve", "Say the customer's name first.")
    analyst.look("evaluate")
    analyst.press("Finish")


def talked_over(phone: Visitor, analyst: Visitor, review: Review) -> None:
    """The score is shown to both; the agent opens it into its reasons and has read it; the review is closed."""
    page = f"/quality/reviews/{review.pk}/"
    phone.open("/quality/mine/")
    phone.shows("1 review is there for you to read.")
    phone.follow("Read it")
    phone.shows("You stayed calm and looked at once.", "Say the customer's name first.", "of 100")
    phone.look_everywhere("score")
    phone.press("I have read it")
    analyst.open(page)
    analyst.press("Close")
    analyst.look("closed")
    review.refresh_from_db()
    assert review.state == "closed"


def one_to_one(phone: Visitor, lead: Visitor, cast: Cast, calendar: Calendar) -> str:
    """Planned, placed, prepared from evidence, the agent's words first, one action both agree on; its address."""
    begun = timezone.now()
    assert cast.agent.agent is not None
    lead.open(f"/coaching/talks/plan/?agent={cast.agent.agent.pk}")
    lead.fill("Until when", f"{begun + 9 * DAY:%Y-%m-%d}")
    lead.press("Plan it")
    lead.press("Place it here")
    talk = lead.path
    lead.follow("Prepare it")
    lead.shows("Contact of", "lost at Greets by name")
    lead.page.get_by_role("checkbox", name="lost at Greets by name").check(force=True)
    lead.look("prepare")
    lead.press("Put it on the agenda")
    lead.look_everywhere("prepared")

    phone.open("/coaching/talks/")
    phone.follow("Supervisor")
    phone.shows("lost at Greets by name")
    phone.fill("What you want to talk about", "The names are hard to read on my screen.")
    phone.press("Put it on the agenda")
    phone.look_everywhere("agenda")
    calendar.on(begun + 2 * DAY)
    again(phone, cast.agent)
    again(lead, cast.supervisor).open(talk)
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


def followed_up_and_raised(phone: Visitor, lead: Visitor, action: str) -> None:
    """The agent did it, the lead looks again with the measure beside it; both agree to the next goal."""
    phone.look("home-weeks-later")
    phone.open(action)
    phone.press("I did it")
    phone.look("did-it")
    lead.look("home-weeks-later")
    lead.open(action)
    lead.page.get_by_role("radio", name="done", exact=True).check(force=True)
    lead.press("Say what came of it")
    lead.shows("Other things may have changed too.")
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


def thanked(phone: Visitor, lead: Visitor, number: str) -> None:
    """The thanks stands first on the page of thanks; the notice says who said it."""
    lead.open(f"/thanks/say/?colleague={number}")
    lead.fill("Your words", "You say every name now. Customers hear it.")
    lead.look("thank")
    lead.press("Say thanks")
    phone.open("/notices/")
    phone.look("notices")
    phone.open("/thanks/")
    phone.shows("You say every name now. Customers hear it.")
    phone.look_everywhere("thanks")


def promises_kept(phone: Visitor) -> None:
    """What was promised on the way was kept, and the agent reads so."""
    phone.open("/promises/")
    phone.shows("Review of the contact of", "One-to-one, 30 min", "kept")
    phone.look_everywhere("promises")
    ended = Promise.objects.exclude(state="open").values_list("kind", "state")
    assert {state for _kind, state in ended} == {"kept"}, ended
    assert {kind for kind, _state in ended} >= KEPT
