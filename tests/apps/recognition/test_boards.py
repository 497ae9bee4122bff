"""Seasons and boards: joined by choice, exact, the top and yourself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.performance.queries import measure_names
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Season, SeasonMember, Title
from floorwalker.apps.recognition.rules import boards as rules
from floorwalker.apps.recognition.rules import seasons as season_rules
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import AnnouncedEvent, Notice
from tests.apps.recognition.playing import a_season, agent_of, crowd, earned
from tests.people import NOW, Cast, Person

DAY = timedelta(days=1)


def page(cast: Cast, who: Person, path: str = "/boards/") -> str:
    answer = cast.client(who).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_who_did_not_join_sees_no_board_and_stands_on_none(cast: Cast) -> None:
    """Points reach the balance all the same; page and API show neither a name to them nor theirs to others."""
    season = a_season()
    crowd(cast.world, season, 8)
    earned(cast.colleague, 40)
    assert services.balance(agent_of(cast.colleague).pk) == 40
    shown = page(cast, cast.colleague)
    assert "supervisors and managers read them too" in shown, "said before somebody joins"
    assert "Take part if you like" in shown and "The top" not in shown and "Player" not in shown
    assert cast.client(cast.colleague).get("/api/v1/boards/top").status_code == 404
    services.join_season(by=cast.agent.actor, at=NOW)
    assert agent_of(cast.colleague).name not in page(cast, cast.agent)
    assert agent_of(cast.colleague).name not in page(cast, cast.manager)


def test_joining_brings_what_was_earned_and_leaving_hides_it(cast: Cast) -> None:
    """By the page: joined, on top with the season's points; left, gone from every board; the balance stays."""
    season = a_season()
    crowd(cast.world, season, 5)
    earned(cast.agent, 30, at=season.starts_at + DAY)
    earned(cast.agent, 500, at=season.starts_at - DAY)  # before the season: a balance, no standing
    assert cast.client(cast.agent).post("/boards/join/", {}).status_code == 302
    shown = page(cast, cast.agent)
    assert "Place 1 of 6" in shown and "with 30 points" in shown
    assert agent_of(cast.agent).name in page(cast, cast.supervisor)
    assert cast.client(cast.agent).post("/boards/leave/").status_code == 302
    assert agent_of(cast.agent).name not in page(cast, cast.supervisor)
    assert "Take part if you like" in page(cast, cast.agent)
    assert services.balance(agent_of(cast.agent).pk) == 530


def test_an_award_moves_the_board_by_its_event_and_a_reversal_moves_it_back(cast: Cast) -> None:
    """The ledger says that points moved; the standing is counted from its entries, never added up."""
    a_season()
    services.join_season(by=cast.agent.actor, at=NOW)
    entry = earned(cast.agent, 25)
    assert AnnouncedEvent.objects.filter(name__endswith="PointsMoved").count() == 1
    member = SeasonMember.objects.get(agent=cast.agent.agent)
    assert (member.points, member.together) == (25, 25)
    earned(cast.agent, 10, source="arena")
    services.reverse(entry=entry.pk, why="It was somebody else.", by=cast.supervisor.actor, at=NOW)
    services.count_running(NOW)
    member.refresh_from_db()
    assert (member.points, member.together) == (10, 0)


def test_a_board_never_names_its_lower_half(cast: Cast) -> None:
    """Of eight at most four have a name, whoever asks; who is last reads their own place alone."""
    season = a_season()
    members = crowd(cast.world, season, 7)
    for number, member in enumerate(members):
        earned(member.agent, 10 * (number + 2))
    services.join_season(by=cast.agent.actor, at=NOW)
    earned(cast.agent, 1)
    services.count_running(NOW)
    found = queries.board(cast.agent.actor, season)
    assert [each.points for each in found.top] == [80, 70, 60, 50]
    assert found.me is not None and (found.me.rank, found.me.points) == (8, 1)
    assert "Player 000" not in page(cast, cast.manager)


@pytest.mark.parametrize(("members", "names"), [(0, 0), (1, 0), (2, 1), (3, 1), (9, 4), (40, 10)])
def test_how_many_names_a_board_has(members: int, names: int) -> None:
    """Half at most, ten at most, and nobody alone."""
    assert rules.shown(members) == names


def test_equal_points_share_a_place(cast: Cast) -> None:
    """Two with forty are both first, the next is third."""
    season = a_season()
    members = crowd(cast.world, season, 8)
    for member, points in zip(members, (40, 40, 30, 20), strict=False):
        earned(member.agent, points)
    services.count_running(NOW)
    assert [each.rank for each in queries.board(cast.manager.actor, season).top] == [1, 1, 3, 4]


def test_teams_of_unequal_size_are_even() -> None:
    """A lucky team of three does not pass one of thirty steadily above all; fewer than three are left out."""
    found = rules.teams(
        [
            rules.TeamSum("Large", 1, 30, 30 * 60),
            rules.TeamSum("Small", 2, 3, 3 * 70),
            rules.TeamSum("Usual", 3, 30, 30 * 40),
            rules.TeamSum("Two", 4, 2, 2 * 500),
        ]
    )
    assert [each.team for each in found] == ["Large", "Small", "Usual"]


def test_helping_has_a_board_of_its_own(cast: Cast) -> None:
    """By points of help and kudos alone; matches count on the other board only."""
    season = a_season()
    first, second, *_rest = crowd(cast.world, season, 4)
    earned(first.agent, 90, source="arena")
    earned(second.agent, 20, source="help")
    services.count_running(NOW)
    together = queries.board(cast.manager.actor, season, kind="together")
    assert [(each.name, each.points) for each in together.top] == [("Player 001", 20)]
    assert [each.points for each in queries.board(cast.manager.actor, season).top] == [90, 20]


def test_a_season_ends_by_itself_and_balances_stay(cast: Cast) -> None:
    """Titles for the first three and who helped most; the next begins at nothing, with those who asked for it."""
    season = a_season()
    members = crowd(cast.world, season, 6)
    services.join_season(again=True, by=cast.agent.actor, at=NOW)
    earned(cast.agent, 60, source="arena")
    for member, points in zip(members, (50, 40, 30), strict=False):
        earned(member.agent, points)
    services.turn_seasons(season.ends_at)
    season.refresh_from_db()
    following = Season.objects.get(state="running")
    assert season.state == "ended" and following.first_day == date(2026, 4, 1)
    titles = {(each.agent.name, each.kind) for each in Title.objects.filter(season=season).select_related("agent")}
    name = agent_of(cast.agent).name
    assert {
        (name, "first"),
        ("Player 000", "second"),
        ("Player 001", "third"),
        ("Player 000", "together"),
    } == titles
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind=services.TITLE_KIND).count() == 1
    assert list(following.members.values_list("agent", "points")) == [(agent_of(cast.agent).pk, 0)]
    assert services.balance(agent_of(cast.agent).pk) == 60
    services.turn_seasons(season.ends_at)
    assert Season.objects.count() == 2 and Title.objects.count() == 4


def test_changing_the_days_of_a_season_loses_nothing(cast: Cast) -> None:
    """A later first day hides a standing only as long as it is so; balances never move. Others may not."""
    season = a_season()
    services.join_season(by=cast.agent.actor, at=NOW)
    earned(cast.agent, 30)
    days = {"season_id": season.pk, "first_day": season.first_day, "last_day": date(2026, 6, 30)}
    services.change_season(**days, by=cast.manager.actor, at=NOW)
    assert SeasonMember.objects.get(agent=cast.agent.agent).points == 30
    with pytest.raises(NotFound):
        services.change_season(**days, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(services.SeasonsOverlap):
        services.plan_season(first_day=date(2026, 6, 1), last_day=date(2026, 8, 1), by=cast.manager.actor, at=NOW)


def test_people_begin_beside_those_who_begin() -> None:
    """Bands by the time since the start, divisions by thirds of the season before; a small season has one."""
    assert [
        season_rules.band(date(2026, 1, 1) - days * DAY, date(2026, 1, 1)) for days in (0, 89, 90, 400, 2000)
    ] == [
        "first",
        "first",
        "year",
        "three",
        "more",
    ]
    found = season_rules.divisions([*range(60, 30, -1), None, 0])
    assert found[:11] == [1] * 11 and found[30:] == [3, 3] and set(found) == {1, 2, 3}
    assert season_rules.divisions([5, 3, None]) == [1, 1, 1]


def test_no_measure_of_work_stands_on_a_points_board(cast: Cast) -> None:
    """Neither the pages of boards nor their operations name one; the two kinds of board never mix."""
    season = a_season()
    crowd(cast.world, season, 4)
    services.join_season(by=cast.agent.actor, at=NOW)
    browser = cast.client(cast.agent)
    for path in ("/boards/", "/boards/?board=together", "/boards/?board=teams", f"/boards/seasons/{season.pk}/"):
        shown = page(cast, cast.agent, path)
        assert not [name for name in measure_names().values() if name in shown]
    for path in ("/api/v1/boards/top", "/api/v1/boards/teams"):
        answer = browser.get(path)
        assert answer.status_code == 200 and not [key for key in measure_names() if key in answer.content.decode()]
