"""Rewards, titles and fun days by their doors: what a program or a press does, and the refusal that matters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import FunPost, Incentive, PointsPolicy, Redemption, Reward
from floorwalker.kernel.models import Notice
from tests.apps.recognition.playing import a_season, crowd, earned
from tests.apps.recognition.test_incentives import a_budget, balance, left, running
from tests.apps.recognition.test_ledger import give, has
from tests.apps.recognition.test_rewards import a_reward, asked
from tests.apps.test_api_doors import Door, problem
from tests.people import NOW, Cast


@pytest.fixture
def wanted(cast: Cast) -> Redemption:
    """Asked for by the agent, who has 2 of 10 points left."""
    give(cast.agent)
    return asked(cast.agent, a_reward(cast))


def test_a_program_reads_ones_own_titles_and_nobody_elses(cast: Cast) -> None:
    """Won with the season; who came second reads nothing of who came first."""
    season = a_season()
    members = crowd(cast.world, season, 6)
    for who, points in ((cast.agent, 60), (cast.colleague, 50)):
        services.join_season(by=who.actor, at=NOW)
        earned(who, points, source="arena")
    earned(members[0].agent, 40, source="arena")
    assert Door(cast, cast.agent).every("/boards/titles") == []
    services.turn_seasons(season.ends_at)
    (mine,) = Door(cast, cast.agent).every("/boards/titles")
    assert (mine["kind"], mine["points"], mine["season_id"]) == ("first", 60, season.pk)
    assert [each["kind"] for each in Door(cast, cast.colleague).every("/boards/titles")] == ["second"]
    assert Door(cast, cast.manager).every("/boards/titles") == []


def test_a_program_approves_and_another_hands_over(cast: Cast, wanted: Redemption) -> None:
    """Who approved does not deliver; delivered, the points are spent; colleagues see none of it."""
    manager, hr, path = Door(cast, cast.manager), Door(cast, cast.hr), f"/redemptions/{wanted.pk}"
    assert problem(hr.send("post", f"{path}/deliver")) == (409, "redemption_approve_first")
    assert manager.send("post", f"{path}/approve").json()["state"] == "approved"
    assert problem(manager.send("post", f"{path}/deliver")) == (409, "redemption_second_holder")
    assert hr.send("post", f"{path}/deliver").json()["state"] == "delivered"
    (mine,) = Door(cast, cast.agent).every("/redemptions")
    assert (mine["id"], mine["state"], has(cast.agent)) == (wanted.pk, "delivered", 2)
    assert Door(cast, cast.colleague).every("/redemptions") == []
    assert [each["id"] for each in manager.every("/redemptions")] == [wanted.pk]
    assert problem(hr.send("post", f"{path}/decline", {"why": "Late"})) == (409, "redemption_not_that_way")
    assert Door(cast, cast.agent).send("post", f"{path}/approve").status_code == 404


def test_a_program_declines_with_a_reason(cast: Cast, wanted: Redemption) -> None:
    """The points are back and the agent reads why; without a reason nothing happens."""
    hr, path = Door(cast, cast.hr), f"/redemptions/{wanted.pk}/decline"
    assert hr.send("post", path, {"why": ""}).status_code == 400
    assert hr.send("post", path, {"why": "  "}).status_code == 400 and has(cast.agent) == 2
    answer = hr.send("post", path, {"why": "The cinema has closed."}).json()
    assert (answer["state"], answer["why"], has(cast.agent)) == ("declined", "The cinema has closed.", 10)
    assert "The cinema has closed." in cast.client(cast.agent).get("/notices/").content.decode()


def test_who_asked_takes_it_back(cast: Cast, wanted: Redemption) -> None:
    """Nobody else does; the points and the stock return, and the promise is withdrawn."""
    path = f"/redemptions/{wanted.pk}/take-back"
    assert Door(cast, cast.colleague).send("post", path).status_code == 404
    assert Door(cast, cast.agent).send("post", path).json()["state"] == "taken_back"
    assert (has(cast.agent), Reward.objects.get().stock) == (10, 1)
    assert Promise.objects.get(once=wanted.promised).state == "withdrawn"


def test_a_program_wishes_and_five_open_wishes_are_enough(cast: Cast) -> None:
    """A wish stands in the list with the wisher's own vote, and without their name."""
    agent = Door(cast, cast.agent)
    made = agent.send("post", "/rewards/wishes", {"name": "A plant for the desk"})
    assert (made.status_code, made.json()["state"], made.json()["points"]) == (201, "wished", None)
    (shown,) = Door(cast, cast.other_team_agent).every("/rewards")
    assert (shown["name"], shown["n_votes"]) == ("A plant for the desk", 1)
    assert cast.agent.user.name not in str(shown)
    for n in range(4):
        agent.send("post", "/rewards/wishes", {"name": f"Wish {n}"})
    assert problem(agent.send("post", "/rewards/wishes", {"name": "Six"})) == (409, "reward_wishes_enough")
    assert Reward.objects.count() == 5
    assert Door(cast, cast.stranger).every("/rewards") == []


def test_what_becomes_of_points_is_decided_by_who_keeps_budgets(cast: Cast) -> None:
    """Agents read it on their page at once; no third way, and no agent decides."""
    give(cast.agent)
    manager, path = Door(cast, cast.manager), "/points/leaving"
    assert manager.send("post", path, {"leaving": "lost"}).status_code == 400
    assert Door(cast, cast.agent).send("post", path, {"leaving": "paid_out"}).status_code == 404
    assert not PointsPolicy.objects.exists()
    assert manager.send("post", path, {"leaving": "paid_out"}).json() == {"leaving": "paid_out"}
    assert "If you leave, they are paid out" in cast.client(cast.agent).get("/points/").content.decode()
    manager.send("post", path, {"leaving": "kept"})
    assert PointsPolicy.objects.get().leaving == "kept"


def test_an_incentive_by_hand_is_finished_on_its_page(cast: Cast) -> None:
    """The promise is kept, what was not needed goes back; one that pays by itself is not ended by a word."""
    at = timezone.now()
    budget = a_budget(cast, at=at)
    found = running(cast, budget, at, occasion="by_hand")
    itself = running(cast, budget, at, name="Goals")
    assert left(budget) == 880
    browser, path = cast.client(cast.supervisor), f"/incentives/{found.pk}/"
    assert cast.agent.agent is not None
    browser.post(f"{path}winner/", {"agent": cast.agent.agent.pk})
    assert cast.client(cast.other_supervisor).post(f"{path}finish/").status_code == 404
    assert "your promise is kept" in browser.post(f"{path}finish/", follow=True).content.decode()
    found.refresh_from_db()
    assert (found.state, left(budget), balance(cast)) == (Incentive.State.ENDED, 920, 20)
    assert Promise.objects.filter(state="kept").count() == 1
    assert browser.post(f"{path}finish/").status_code == 409
    assert browser.post(f"/incentives/{itself.pk}/finish/").status_code == 422
    itself.refresh_from_db()
    assert itself.state == Incentive.State.RUNNING


def test_a_reward_is_offered_no_longer_once_nobody_waits_for_it(cast: Cast, wanted: Redemption) -> None:
    """While one is owed the page refuses; afterwards it stands in no catalogue, and cannot be asked for."""
    browser, path = cast.client(cast.manager), f"/rewards/kept/{wanted.reward_id}/withdraw/"
    assert browser.post(path).status_code == 409
    assert "Cinema ticket" in cast.client(cast.colleague).get("/rewards/").content.decode()
    services.take_back(redemption_id=wanted.pk, by=cast.agent.actor, at=NOW)
    assert "No longer offered." in browser.post(path, follow=True).content.decode()
    assert "Cinema ticket" not in cast.client(cast.colleague).get("/rewards/").content.decode()
    ask = {"points": 8, "once": "later"}
    assert Door(cast, cast.agent).send("post", f"/rewards/{wanted.reward_id}/ask", ask).status_code in (404, 409)
    assert (has(cast.agent), Redemption.objects.count()) == (10, 1)
    assert cast.client(cast.agent).post(path).status_code == 404


def test_words_on_a_fun_day_are_taken_away(cast: Cast) -> None:
    """One's own without a word, a colleague's not at all; who keeps the calendar says why to its author."""
    day = services.plan_fun_day(
        site_id=cast.world.north.pk, name="Crazy hats", what="Wear one.", remote="On camera.", day=NOW.date(),
        by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    mine = services.show(fun_day_id=day.pk, words="A teapot.", by=cast.agent.actor, at=NOW)
    other = services.show(
        fun_day_id=day.pk, words="A lamp.", by=cast.colleague.actor, at=NOW + timedelta(minutes=1)
    )
    agent, lead = cast.client(cast.agent), cast.client(cast.supervisor)
    assert agent.post(f"/fun/shown/{other.pk}/take-away/", {"why": "Ugly."}).status_code == 404
    shown = agent.post(f"/fun/shown/{mine.pk}/take-away/", follow=True).content.decode()
    assert "A teapot." not in shown and "A lamp." in shown and not Notice.objects.exists()
    assert lead.post(f"/fun/shown/{other.pk}/take-away/", {"why": " "}).status_code == 422
    assert FunPost.objects.filter(removed_at=None).get() == other
    shown = lead.post(f"/fun/shown/{other.pk}/take-away/", {"why": "It names a customer."}, follow=True)
    assert "A lamp." not in shown.content.decode()
    assert "It names a customer." in cast.client(cast.colleague).get("/notices/").content.decode()
