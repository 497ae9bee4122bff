"""A season on a phone: joined, moved by an award, and nothing to see for who did not join."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.recognition import services
from floorwalker.kernel.events.delivery import deliver
from floorwalker.kernel.models import AnnouncedEvent
from tests.apps.recognition.playing import a_season, agent_of, crowd, earned
from tests.journeys.conftest import Visit
from tests.people import Cast


def test_the_season_board_moves_after_an_award_for_those_who_joined(visit: Visit, cast: Cast) -> None:
    """An agent joins, an accepted answer brings them up; a colleague who did not join sees no board."""
    now = timezone.now()
    members = crowd(cast.world, a_season(now), 9)
    for number, member in enumerate(members):
        earned(member.agent, 2 * number + 1, at=now)
    services.count_running(now)

    player = visit("season", 390).sign_in(cast.agent.user)
    player.open("/boards/")
    player.shows("Take part if you like")
    player.hides("Player 008")
    player.look_everywhere("season-before-joining")
    player.press("Join the season")
    player.shows("Place 10 of 10", "Player 008")
    services.earn_answer(
        answer_id=1, author_id=agent_of(cast.agent).pk, asker_id=agent_of(cast.colleague).pk, at=timezone.now()
    )
    while waiting := AnnouncedEvent.objects.filter(delivered_at=None).order_by("pk").first():
        deliver(waiting.pk)
    player.open("/boards/")
    player.shows("Place 2 of 10", "with 15 points")
    points = player.page.get_by_role("columnheader", name="Points").bounding_box()
    assert points["x"] + points["width"] <= 390, "the points stand outside of a phone"
    player.look_everywhere("season-board-moved")
    player.open("/boards/earning/")
    player.shows("Helping each other", "Have an answer accepted in the hub")
    player.look("what-earns-points")

    other = visit("season-not-joined", 390).sign_in(cast.colleague.user)
    other.open("/boards/")
    other.shows("Take part if you like")
    other.hides("Player 008", "Place 2")
    manager = visit("season-manager").sign_in(cast.manager.user)
    manager.open("/boards/?board=teams")
    manager.shows("North One", "North Two")
    manager.look("season-teams")
