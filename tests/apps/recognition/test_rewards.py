"""Rewards: wished for, voted on, asked for, delivered – and what becomes of points when somebody leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import FunPost, Redemption, Reward
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.recognition.test_ledger import give, has
from tests.people import NOW, Cast, Person

DAY = timedelta(days=1)


def a_reward(cast: Cast, **more: Any) -> Reward:
    facts: dict[str, Any] = {"name": "Cinema ticket", "what": "Any film.", "points": 8, "stock": 1, "days": 5}
    return services.offer_reward(**(facts | more), site_id=cast.world.north.pk, by=cast.manager.actor, at=NOW)


def asked(person: Person, reward: Reward, once: str = "page") -> Redemption:
    return services.ask_reward(reward_id=reward.pk, points=8, once=once, by=person.actor, at=NOW)


def alone(cast: Cast) -> None:
    """Nobody but the manager keeps rewards."""
    RoleHeld.objects.filter(user=cast.hr.user).delete()


def test_wishes_are_voted_on_and_what_most_want_stands_first(cast: Cast) -> None:
    """Two wishes; the one with more votes is on top; nobody reads whose it is; granted, its wisher is told."""
    agent, colleague = cast.client(cast.agent), cast.client(cast.colleague)
    agent.post("/rewards/", {"name": "A plant for the desk"})
    colleague.post("/rewards/", {"name": "Zoo tickets"})
    zoo = Reward.objects.get(name="Zoo tickets")
    for _twice in range(2):
        agent.post(f"/rewards/{zoo.pk}/vote/", {"wanted": "on"})
    page = cast.client(cast.other_team_agent).get("/rewards/").content.decode()
    assert page.index("Zoo tickets") < page.index("A plant for the desk")
    assert "2 of you would like it" in page
    assert "Colleague" not in page
    assert cast.client(cast.stranger).post(f"/rewards/{zoo.pk}/vote/", {"wanted": "on"}).status_code == 404
    agent.post(f"/rewards/{zoo.pk}/vote/", {})
    assert queries.votes_of(zoo) == 1
    form = {"name": "Zoo tickets", "site_id": zoo.site_id, "points": 90, "stock": "", "days": 10}
    assert cast.client(cast.manager).post(f"/rewards/kept/{zoo.pk}/", form).status_code == 302
    assert "can be had now, for 90 points" in colleague.get("/notices/").content.decode()


def test_a_wish_that_cannot_be_is_declined_with_why(cast: Cast) -> None:
    """And five that wait are enough."""
    for n in range(5):
        found = services.wish_for(name=f"Wish {n}", what="", by=cast.agent.actor, at=NOW)
    with pytest.raises(services.WishesEnough):
        services.wish_for(name="One more", what="", by=cast.agent.actor, at=NOW)
    services.decline_wish(reward_id=found.pk, why="Pets are not allowed here.", by=cast.hr.actor, at=NOW)
    assert "Pets are not allowed here." in cast.client(cast.agent).get("/notices/").content.decode()


def test_asked_for_approved_by_one_handed_over_by_another(cast: Cast) -> None:
    """Two keep rewards: neither does it alone; the day is a promise, and is kept."""
    give(cast.agent)
    found = asked(cast.agent, a_reward(cast))
    assert asked(cast.agent, found.reward).pk == found.pk  # type: ignore[arg-type]
    assert (has(cast.agent), Reward.objects.get().stock) == (2, 0)
    promise = Promise.objects.get(once=found.promised)
    assert (promise.owner, promise.to_user, promise.due) == (cast.manager.user, cast.agent.user, NOW + 5 * DAY)
    manager, hr = cast.manager.actor, cast.hr.actor
    with pytest.raises(services.ApproveFirst, match="Hr"):
        services.deliver(redemption_id=found.pk, by=manager, at=NOW)
    services.approve(redemption_id=found.pk, by=manager, at=NOW)
    with pytest.raises(services.SecondHolder, match="Hr"):
        services.deliver(redemption_id=found.pk, by=manager, at=NOW)
    for _twice in range(2):
        services.deliver(redemption_id=found.pk, by=hr, at=NOW + DAY)
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert "is delivered" in cast.client(cast.agent).get("/notices/").content.decode()
    with pytest.raises(services.RedemptionNotThatWay):
        services.decline(redemption_id=found.pk, why="Too late.", by=hr, at=NOW + DAY)
    assert (has(cast.agent), queries.drifted()) == (2, [])


def test_where_one_person_keeps_rewards_one_step_does(cast: Cast) -> None:
    """A small centre has no second holder, and needs none."""
    alone(cast)
    give(cast.agent)
    found = asked(cast.agent, a_reward(cast))
    assert "I handed it over" in cast.client(cast.manager).get(f"/rewards/asked/{found.pk}/").content.decode()
    assert cast.client(cast.manager).post(f"/rewards/asked/{found.pk}/deliver/").status_code == 302
    found.refresh_from_db()
    assert found.state == "delivered"
    statement = cast.client(cast.agent).get("/points/").content.decode()
    assert "spent on a reward" in statement and "set aside for a reward" not in statement


def test_declined_or_taken_back_the_points_and_the_stock_return(cast: Cast) -> None:
    """With the reason read by who asked; the promise is withdrawn, not broken."""
    give(cast.agent)
    reward = a_reward(cast)
    found = asked(cast.agent, reward)
    client = cast.client(cast.hr)
    assert client.post(f"/rewards/asked/{found.pk}/decline/", {"why": "The cinema has closed."}).status_code == 302
    assert "points are back: The cinema has closed." in cast.client(cast.agent).get("/notices/").content.decode()
    again = asked(cast.agent, reward, "another page")
    assert cast.client(cast.agent).post(f"/rewards/asked/{again.pk}/take-back/").status_code == 302
    reward.refresh_from_db()
    assert (has(cast.agent), reward.stock) == (10, 1)
    assert set(Promise.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_not_enough_none_left_another_price_and_not_ones_own(cast: Cast) -> None:
    """Each refusal says what is the matter, and nothing moves."""
    reward = a_reward(cast)
    with pytest.raises(services.NotEnoughPoints):
        asked(cast.agent, reward)
    give(cast.agent), give(cast.colleague, once="two")
    with pytest.raises(services.PriceChanged, match="costs 8 points now"):
        services.ask_reward(reward_id=reward.pk, points=7, once="x", by=cast.agent.actor, at=NOW)
    asked(cast.agent, reward)
    with pytest.raises(services.OutOfStock):
        asked(cast.colleague, reward)
    with pytest.raises(services.StillAskedFor):
        services.withdraw_reward(reward_id=reward.pk, by=cast.manager.actor, at=NOW)
    assert has(cast.colleague) == 10
    give(cast.stranger, once="three")
    with pytest.raises(NotFound):
        asked(cast.stranger, reward)


def test_a_delivery_nobody_made_is_a_broken_promise(cast: Cast) -> None:
    """A week after its day; the agent is told, and is owed it still."""
    give(cast.agent)
    found = asked(cast.agent, a_reward(cast))
    promises.lapse(NOW + 13 * DAY)
    assert Promise.objects.get(once=found.promised).state == "broken"
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind="promises.broken").exists()
    assert queries.waiting_count(cast.manager.actor) == 1


def leaves(cast: Cast) -> None:
    gone = {"left_on": NOW.date(), "leaving_reason": cast.world.reason}
    Agent.objects.filter(pk=cast.agent.agent.pk).update(**gone)  # type: ignore[union-attr]


def test_who_leaves_keeps_the_points_where_they_are_kept(cast: Cast) -> None:
    """Nothing happens to them, and the page has said so."""
    give(cast.agent)
    assert "If you leave, they are kept" in cast.client(cast.agent).get("/points/").content.decode()
    leaves(cast)
    assert services.settle_leavers(NOW + DAY) == 0
    assert has(cast.agent) == 10


def test_who_leaves_is_paid_out_by_a_promise_where_that_was_decided(cast: Cast) -> None:
    """Set aside, promised for thirty days, once; delivered, they are spent."""
    services.decide_leaving(leaving="paid_out", by=cast.manager.actor, at=NOW)
    give(cast.agent)
    assert "If you leave, they are paid out" in cast.client(cast.agent).get("/points/").content.decode()
    leaves(cast)
    assert (services.settle_leavers(NOW + DAY), services.settle_leavers(NOW + 2 * DAY)) == (1, 0)
    found = Redemption.objects.get()
    assert (found.points, str(found), has(cast.agent)) == (10, "Your points, paid out", 0)
    assert Promise.objects.get(once=found.promised).due == NOW + 31 * DAY


def test_a_fun_day_is_shown_and_voted_on(cast: Cast) -> None:
    """Words of everybody, one vote each that can move, counted when it is over; others' words go with a reason."""
    found = services.plan_fun_day(
        site_id=cast.world.north.pk, name="Crazy hats", what="Wear one.", remote="Show it on camera.",
        day=NOW.date(), by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    with pytest.raises(services.FunNotNow):
        services.show(fun_day_id=found.pk, words="Early", by=cast.agent.actor, at=NOW - DAY)
    one = services.show(fun_day_id=found.pk, words="A teapot.", by=cast.agent.actor, at=NOW)
    two = services.show(fun_day_id=found.pk, words="A lamp.", by=cast.colleague.actor, at=NOW)
    with pytest.raises(services.ShownAlready):
        services.show(fun_day_id=found.pk, words="A shoe.", by=cast.agent.actor, at=NOW)
    with pytest.raises(services.NotForYourOwn):
        services.vote_fun(fun_post_id=one.pk, by=cast.agent.actor, at=NOW)
    with pytest.raises(NotFound):
        services.vote_fun(fun_post_id=one.pk, by=cast.stranger.actor, at=NOW)
    voter = cast.other_team_agent.actor
    services.vote_fun(fun_post_id=one.pk, by=voter, at=NOW)
    services.vote_fun(fun_post_id=two.pk, by=voter, at=NOW)
    assert [each.votes for each in queries.fun_page(voter, found.pk, NOW).posts] == [None, None]
    over = queries.fun_page(voter, found.pk, NOW + 5 * DAY)
    assert [(each.post.pk, each.votes) for each in over.posts] == [(two.pk, 1), (one.pk, 0)]
    with pytest.raises(NotFound):
        services.take_away(fun_post_id=one.pk, why="I dislike it.", by=cast.colleague.actor, at=NOW)
    services.take_away(fun_post_id=one.pk, why="It shows a customer's name.", by=cast.supervisor.actor, at=NOW)
    assert FunPost.objects.filter(removed_at=None).count() == 1
    page = cast.client(cast.agent).get("/notices/").content.decode()
    assert "Your words on “Crazy hats” were taken away" in page


def test_a_fun_day_called_off_tells_the_site(cast: Cast, deliver: Any) -> None:
    """And only the site."""
    form = {
        "site_id": cast.world.north.pk, "name": "Odd socks", "what": "Two colours.", "remote": "On camera.",
        "day": "2026-03-20",
    }  # fmt: skip
    address = cast.client(cast.supervisor).post("/fun/new/", form).headers["Location"]
    assert "Odd socks" in cast.client(cast.agent).get("/fun/").content.decode()
    cast.client(cast.supervisor).post(f"{address}cancel/", {"why": "The water is off that day."})
    deliver()
    assert "The water is off that day." in cast.client(cast.agent).get("/notices/").content.decode()
    assert not Notice.objects.filter(to_user=cast.stranger.user.pk).exists()


def test_what_was_set_aside_is_the_agents_until_it_is_spent(cast: Cast) -> None:
    """Set aside it can be neither spent again nor taken back by a correction."""
    entry = give(cast.agent)
    asked(cast.agent, a_reward(cast))
    with pytest.raises(services.SpentAlready):
        services.reverse(entry=entry.pk, why="Mistake.", by=cast.supervisor.actor, at=NOW)
    assert ledger.balance(cast.agent.agent.pk) == 2  # type: ignore[union-attr]
