"""What agents do in the arena and with what it brings: a duel on two phones, blind votes, a tip, a reward."""

from __future__ import annotations

from collections.abc import Iterator

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching.models import GroupSession
from floorwalker.apps.learning.models import Match
from tests.journeys.visitor import Visitor
from tests.journeys.writing import ASKED, CHECKED, FIRST, KIND, LINES, SENT

COUNTDOWN_MS = 20_000
IDEA = "The link is in your e-mail, and I stay on the line until you are in. Shall we ring the lake, too?"
TIP = "I say the date of the next step last, so that it is what stays."
REWARD = "An early Friday"


def practised(one: Visitor) -> None:
    """Alone, to the end; it earns the first points."""
    one.open("/arena/")
    one.look_everywhere("arena")
    one.press(f"Play it {KIND}")
    for answer, line in ((ASKED, LINES[1]), (CHECKED, LINES[2])):
        one.press(answer)
        one.page.get_by_text(line).wait_for()
    one.press(SENT)
    one.page.get_by_text("You met every step").wait_for()
    one.look_everywhere("practised")


def challenged(one: Visitor, other: Visitor, name: str) -> Match:
    """The one asks the other to play at once; the other reads it on their first page, and takes it."""
    one.open("/arena/")
    one.follow("Duels")
    one.look_everywhere("duels")
    one.fill("Scenario", KIND)
    one.fill("Whom", name)
    one.page.get_by_label("at the same time").check()
    one.press("Challenge")
    one.shows("Waiting for an answer.")
    other.open("/")
    other.look_everywhere("asked-at-home")
    other.follow(KIND)
    other.look("asked")
    other.press("Accept")
    return Match.objects.latest("pk")


def duelled(one: Visitor, other: Visitor) -> None:
    """The first line comes to both; the one has an idea of their own, the other loses the customer."""
    one.open(one.path)  # on a busy machine the page learns late that the challenge was taken
    for phone, well in ((one, True), (other, False)):
        phone.page.get_by_text("The first line comes to both").wait_for(state="detached", timeout=COUNTDOWN_MS)
        phone.press("Begin")
        phone.page.get_by_text(FIRST).wait_for()
        if not well:
            phone.look_everywhere("first-line")
            phone.press("Get a new phone first.")
            continue
        phone.press(ASKED)
        phone.press(CHECKED)
        phone.page.get_by_label("Or in your own words").wait_for()
        phone.look_everywhere("turn")
        phone.fill("Or in your own words", IDEA)
        phone.press("Say it")
    one.page.get_by_text("being voted on").first.wait_for()
    one.look_everywhere("being-voted-on")


def voted(voter: Visitor, names: tuple[str, ...]) -> None:
    """Pairs of others come first, perhaps; in that of the duel the idea is named, and nobody's name is read."""
    voter.open("/arena/votes/")
    while IDEA not in voter.text:
        voter.press("No difference")
    main = voter.page.locator("main").inner_text()
    assert not any(name in main for name in names)
    voter.look_everywhere("vote")
    left = voter.page.locator(".duel-pair section").first.inner_text()
    voter.press("Left" if IDEA in left else "Right")
    voter.shows("Nobody sees how you voted.")


def at_the_table(lead: Visitor, author: Visitor, mate: Visitor, group: GroupSession) -> None:
    """One puts a tip on the table, another will try it; from the page of the session it goes into the hub."""
    table = f"/arena/activities/{group.activity_ref}/"
    author.open(f"/coaching/groups/{group.pk}/")
    author.look_everywhere("group")
    author.follow("Take part")
    author.fill("What works for you", TIP)
    author.page.get_by_label("It may be shared with my name").check()
    author.press("Put it on the table")
    author.page.get_by_text(TIP).wait_for()
    author.look_everywhere("table")
    lead.open("/coaching/groups/")
    lead.look_everywhere("groups")
    lead.open(table)
    lead.shows(TIP)
    lead.press("On to what to try")
    mate.open(table)
    tip = mate.page.locator("li", has_text=TIP)
    tip.get_by_role("button", name="I will try it").click()
    tip.get_by_text("1 will try it").wait_for()
    mate.look_everywhere("will-try")
    lead.open(table)
    lead.look_everywhere("table-of-the-lead")
    lead.follow("To its session")
    lead.look_everywhere("share")
    tip = lead.page.locator("main li", has_text=TIP)
    tip.get_by_role("button", name="Share it in the hub").click()
    lead.page.wait_for_load_state()
    lead.shows("with credit to whose tip it is")


def used(mate: Visitor, author: str) -> None:
    """In the hub it stands under the name of whose tip it is; a colleague uses it."""
    mate.open("/hub/")
    mate.look_everywhere("hub")
    mate.open("/hub/?kind=practice")
    mate.follow(TIP)
    mate.shows(author)
    mate.press("I used this")
    mate.shows("you used this")
    mate.look_everywhere("what-works")


def redeemed(agent: Visitor) -> str:
    """Asked for by who has the points; the address of what was asked for."""
    agent.open("/rewards/")
    agent.look_everywhere("rewards")
    agent.page.locator("main li", has_text=REWARD).get_by_role("button", name="Ask for it").first.click()
    agent.page.locator("dialog[open], [role=dialog]").get_by_role("button", name="Ask for it").first.click()
    agent.page.wait_for_url("**/rewards/asked/**")
    agent.shows(REWARD, "promised it for")
    agent.look_everywhere("asked")
    return agent.path


def handed_over(keepers: Iterator[tuple[Visitor, User]] | list[tuple[Visitor, User]], asked: str) -> None:
    """Where two keep rewards one approves and another hands it over; where one does, a step is enough."""
    found = list(keepers)
    for number, (window, user) in enumerate(found):
        window.sign_in(user)
        window.open("/rewards/waiting/")
        window.shows(REWARD)
        window.look_everywhere("waiting")
        window.open(asked)
        window.look_everywhere("to-decide")
        window.press("I handed it over" if number == len(found) - 1 else "Approve it")
