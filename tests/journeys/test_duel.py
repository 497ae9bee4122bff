"""Two agents play the same customer on their phones at the same time; three colleagues vote without names."""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Match, Rating
from tests.apps.learning.duelling import newcomers
from tests.factories.learning import a_version
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.people import NOW, Cast

pytestmark = pytest.mark.prove  # longer than a test may take

COUNTDOWN_MS = 20_000


def plays(phone: Visitor, *, well: bool) -> None:
    """From the first line to the last."""
    phone.page.get_by_text("My parcel is late").wait_for()
    phone.look("play")
    if not well:
        phone.press("It will come.")
        return
    phone.press("What is the number of the parcel?")
    phone.fill("Or in your own words", "I am so sorry, and that for a birthday! A driver brings it tonight.")
    phone.press("Say it")


def asks_and_takes(one: Visitor, other: Visitor, cast: Cast) -> Match:
    """One joins and challenges the other to play at once; the other takes it on their first page."""
    one.open("/arena/")
    one.follow("Duels")
    one.shows("Play the same customer as a colleague")
    one.look("join")
    one.press("Join the arena")
    one.shows("Your division is not known yet")
    one.fill("Scenario", "Late parcel")
    one.fill("Whom", "Stranger")
    one.page.get_by_label("at the same time").check()
    one.look("challenge")
    one.press("Challenge")
    one.shows("Waiting for an answer.")
    other.open("/")
    other.shows("1 duel waits for you.")
    other.follow("Late parcel")
    other.look("asked")
    other.press("Accept")
    return Match.objects.get()


def votes(visitor: Visitor, names: tuple[str, ...]) -> None:
    """Name the handling that had an idea; nobody's name is on the page."""
    visitor.open("/arena/votes/")
    main = visitor.page.locator("main").inner_text()
    assert not any(name in main for name in names)
    left = visitor.page.locator(".duel-pair section").first.inner_text()
    visitor.look("vote")
    visitor.press("Left" if "birthday! A driver" in left else "Right")
    visitor.shows("Nobody sees how you voted.")


def test_two_duel_on_phones_while_three_vote(visit: Visit, cast: Cast) -> None:
    """Seen live by both, decided by the third vote; who did not join sees nothing of it."""
    a_version(cast.trainer.user)
    services.join_arena(by=cast.stranger.actor, at=NOW)
    voters = newcomers(cast, 6)[1::2]
    one = visit("agent", 390, color_scheme="light").sign_in(cast.agent.user)
    other = visit("stranger", 390, color_scheme="dark").sign_in(cast.stranger.user)
    match = asks_and_takes(one, other, cast)
    # The challenger's page learns of it by itself.
    one.page.get_by_text("The first line comes to both").wait_for()
    one.look("count")
    for phone, well in ((one, True), (other, False)):
        phone.page.get_by_text("The first line comes to both").wait_for(state="detached", timeout=COUNTDOWN_MS)
        phone.press("Begin")
        plays(phone, well=well)
    one.page.get_by_text("being voted on").first.wait_for()
    one.look("voting")
    for each in voters:
        wide: dict[str, Any] = {"width": 1440} if each is voters[0] else {"width": 390}
        votes(visit(each.key, **wide).sign_in(each.user), (cast.agent.user.name, cast.stranger.user.name))
    match.refresh_from_db()
    assert (match.state, match.winner, match.most_creative) == ("decided", 1, 1)
    one.page.get_by_text("You won.").wait_for()
    one.look("won")
    other.page.get_by_text("The other side won.").wait_for()
    other.look("lost")
    assert Rating.objects.count() == 2
    trainer = visit("trainer").sign_in(cast.trainer.user)
    trainer.open(f"/arena/compare/{match.version.scenario_id}/")
    trainer.shows("One way", "Another way", "Say sorry")
    trainer.look("compare")
    beside = visit("colleague", 390).sign_in(cast.colleague.user)
    assert beside.open(f"/arena/duels/{match.pk}/") == 404
    beside.open("/arena/duels/")
    assert "Challenge somebody" not in beside.text and "Late parcel" not in beside.text
