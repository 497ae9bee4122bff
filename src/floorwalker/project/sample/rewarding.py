"""What the people of a sample earn and wish for: budgets, months of points, an incentive, a reward on its way."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Budget, Reward
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role
from floorwalker.project.sample.sayings import speakers

EARNERS = 6
# days ago, source, points, why; one after another to the first people of the team
EARNED = (
    (88, "help", 15, "Your answer on refunds of split orders was accepted."),
    (74, "arena", 25, "You completed “A card that is lost” for the first time."),
    (61, "goal", 60, "You met the goal you had set yourself on quality."),
    (47, "beyond", 40, "You stayed with a caller until the ambulance was there."),
    (33, "arena", 30, "Your side won a match in completeness."),
    (19, "help", 15, "A colleague uses what you wrote about tracking numbers."),
    (6, "arena", 20, "You voted on five matches of others."),
)
# name, what it is, points, stock, days
OFFERED = (
    ("An early Friday", "Leave an hour before your shift ends, paid; the planner picks the Friday.", 120, 4, 21),
    ("Cinema ticket for two", "Any film, any day.", 90, 10, 10),
    ("Coffee for a week", "From the place round the corner.", 40, None, 5),
)
WISHED = ("A plant for my desk", "An hour with the product team")


def is_there() -> bool:
    return Budget.objects.exists()


def bring(at: datetime) -> None:
    """By the verbs people use, at the days on which they would have."""
    manager = User.objects.filter(roles_held__role=Role.MANAGER, is_active=True).order_by("pk").first()
    lead, team = _who_leads()
    people = [each for each in speakers() if each.agent.team_id == team][:EARNERS]
    if manager is None or lead is None or len(people) < 2:
        return
    agent = Agent.objects.select_related("team__site").get(user=people[0])
    site, keeper, giver = agent.team.site, actor_of(manager), actor_of(lead)
    for ago, source, points, why in EARNED:
        for number, user in enumerate(people):
            services.award(
                to=user.agent.pk,
                source=source,
                points=points,
                ref="",
                why=why,
                once=f"sample:{ago}:{number}",
                at=at - timedelta(days=ago, minutes=7 * number),
                by=giver if source == "beyond" else SYSTEM,
            )
    budget = services.open_budget(
        name=agent.team.name,
        owner_id=lead.pk,
        site_id=site.pk,
        team_id=team,
        monthly_points=1500,
        by=keeper,
        at=at - timedelta(days=2),
    )
    running = services.plan_incentive(
        budget_id=budget.pk,
        name="First calls, done well",
        what="Complete a scenario you have not played before.",
        occasion="practice",
        points=25,
        places=20,
        most_each=2,
        first_day=(at - timedelta(days=1)).date(),
        last_day=(at + timedelta(days=9)).date(),
        by=giver,
        at=at - timedelta(days=1),
    )
    services.announce_incentive(incentive_id=running.pk, by=giver, at=at - timedelta(days=1))
    rewards = [
        services.offer_reward(
            name=name,
            what=what,
            points=points,
            stock=stock,
            days=days,
            site_id=site.pk,
            by=keeper,
            at=at - timedelta(days=40),
        )
        for name, what, points, stock, days in OFFERED
    ]
    wishes = [
        services.wish_for(name=name, what="", by=actor_of(user), at=at - timedelta(days=12))
        for name, user in zip(WISHED, people, strict=False)
    ]
    for number, user in enumerate(people):
        for each in [rewards[0], wishes[-1], rewards[2]][: number + 1]:
            services.vote(reward_id=each.pk, wanted=True, by=actor_of(user), at=at - timedelta(days=10))
    services.ask_reward(
        reward_id=rewards[1].pk, points=90, once="sample", by=actor_of(people[0]), at=at - timedelta(days=3)
    )
    _delivered(rewards[2], people[1], at)
    if any(each.pk == site.pk for each in queries.sites_for_fun(giver)):
        services.plan_fun_day(
            site_id=site.pk,
            name="Odd socks",
            what="Two socks, two worlds. The finest pair is voted on.",
            remote="Show them on camera in the morning round, or describe them here.",
            day=(at + timedelta(days=5)).date(),
            by=giver,
            at=at - timedelta(days=2),
        )


def _delivered(reward: Reward, user: User, at: datetime) -> None:
    """Asked for and handed over within its days: by two people where two keep rewards."""
    asked = services.ask_reward(
        reward_id=reward.pk, points=reward.points, once="sample", by=actor_of(user), at=at - timedelta(days=9)
    )
    found = User.objects.filter(pk__in=queries.keepers(asked.agent)).order_by("pk")
    keepers = [actor_of(each) for each in found]
    if len(keepers) > 1:
        services.approve(redemption_id=asked.pk, by=keepers[0], at=at - timedelta(days=8))
    services.deliver(redemption_id=asked.pk, by=keepers[-1], at=at - timedelta(days=6))


def _who_leads() -> tuple[User | None, int | None]:
    """The first who leads a team of people who sign in: in a small centre whoever leads all."""
    teams = {each.agent.team_id: each.agent.team.site_id for each in speakers()}
    for lead in queries.may_own_budgets().order_by("pk"):
        for team, site in sorted(teams.items()):
            if lead.roles_held.filter(role=Role.SUPERVISOR).exists() and queries.may_give_to(lead.pk, site, team):
                return lead, team
    return None, None
