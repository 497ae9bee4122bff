"""What two people of a sample agreed on: working agreements with their quarterly review, buddies and peers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Agreement, PeerPair
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.project.sample.coaching import Led, teams

DAY = timedelta(days=1)
BY_AGENT = ("I say before noon when I cannot make a late shift.",)
BY_LEAD = ("Feedback within two days, in your own room.", "Your shift wishes have an answer within a week.")
LATER = "We look at one contact together every second week."
HELD = (("met", "Every time but one, and then you called."), ("partly", "On Mondays it waited until Wednesday."))
# Days ago it came into force, and who has said how it was held when its quarter was over.
IN_FORCE = ((121, ("agent", "lead")), (97, ("lead",)), (96, ("agent",)))
ABOUT = ("Refunds of parts of an order", "The first minute of a call", "Closing a contact", "Chats side by side")


def is_there() -> bool:
    return Agreement.objects.exists() or next(teams(timezone.now()), None) is None


@transaction.atomic
def bring(at: datetime) -> None:
    """Of one team, by the verbs people use; what waits for an answer stands on the first page of who owes it."""
    team = next(teams(at), None)
    if team is None:
        return
    staff = [each for each in team.agents if each.engagement == "employee"]
    old = list(zip(staff, IN_FORCE, strict=False))
    for agent, (ago, _said) in old:
        _agreed(team, agent, at - ago * DAY)
    # The daily rounds on which a quarter was over: of the first one a month ago, of the others this week.
    services.open_agreement_reviews(at - 28 * DAY)
    services.open_agreement_reviews(at - 3 * DAY)
    for agent, (ago, sides) in old:
        for side in sides:
            by = team.lead if side == "lead" else team.actors[agent.pk]
            _say(agent, by, at - (25 if ago > 100 else 2) * DAY)
    _renewed(team, staff[3:5], at)
    _pairs(team, staff, at)


def _agreed(team: Led, agent: Agent, at: datetime, more: str = "") -> None:
    """Both name what they will hold, then both agree."""
    draft = _drafted(team, agent, at, more)
    for by in (team.lead, team.actors[agent.pk]):
        services.agree_agreement(agreement_id=draft.pk, version=draft.version, by=by, at=at + DAY)


def _drafted(team: Led, agent: Agent, at: datetime, more: str = "") -> Agreement:
    draft = services.begin_agreement(agent_id=agent.pk, by=team.lead, at=at)
    sides = ((team.actors[agent.pk], BY_AGENT), (team.lead, BY_LEAD)) if not more else ((team.lead, (more,)),)
    for by, said in sides:
        for words in said:
            services.add_agreement_item(agreement_id=draft.pk, words=words, by=by, at=at)
    draft.refresh_from_db()
    return draft


def _say(agent: Agent, by: Actor, at: datetime) -> None:
    for review in queries.visible_agreement_reviews(by).filter(agreement__agent=agent, state="open"):
        items = queries.items_to_judge(by, review)
        said = {item.pk: HELD[n % len(HELD)] for n, item in enumerate(items)}
        services.say_how_held(agreement_review_id=review.pk, said=said, by=by, at=at)


def _renewed(team: Led, agents: list[Agent], at: datetime) -> None:
    """One agreed anew in other words, one that waits for its agent."""
    for place, agent in enumerate(agents):
        if place == 0:
            _agreed(team, agent, at - 60 * DAY)
            _agreed(team, agent, at - 20 * DAY, LATER)
        else:
            draft = _drafted(team, agent, at - 3 * DAY)
            services.agree_agreement(agreement_id=draft.pk, version=draft.version, by=team.lead, at=at - 2 * DAY)


def _pairs(team: Led, staff: list[Agent], at: datetime) -> None:
    """Buddies who meet, peers who were asked, one with one yes, one that has ended."""
    asked = ((0, 5, "buddy", 30), (1, 4, "peer", 3), (2, 3, "peer", 2), (3, 0, "peer", 80))
    for (first, second, kind, ago), about in zip(asked, ABOUT, strict=True):
        if second >= len(staff):
            continue
        helper, learner, then = staff[first], staff[second], at - ago * DAY
        days = {"first_day": then.date(), "last_day": (then + 56 * DAY).date()}
        pair = services.propose_pair(
            helper_id=helper.pk, learner_id=learner.pk, kind=kind, about=about, **days, by=team.lead, at=then
        )
        yes = {0: (helper, learner), 1: (helper,), 2: (), 3: (helper, learner)}[first]
        for each in yes:
            services.accept_pair(pair_id=pair.pk, by=team.actors[each.pk], at=then + DAY)
        if len(yes) == 2:
            _met(team, pair, helper, learner, then + 5 * DAY)
        if first == 0:
            services.plan_meeting(pair_id=pair.pk, meeting_minutes=30, due=at + 6 * DAY, by=team.lead, at=at - DAY)
        if first == 3:
            services.end_pair(pair_id=pair.pk, by=team.actors[learner.pk], at=then + 50 * DAY)


def _met(team: Led, pair: PeerPair, helper: Agent, learner: Agent, at: datetime) -> None:
    meeting = services.plan_meeting(pair_id=pair.pk, meeting_minutes=30, due=at + 9 * DAY, by=team.lead, at=at)
    services.hold_meeting(meeting_id=meeting.pk, by=team.actors[helper.pk], at=at + 3 * DAY)
    words = "The order of questions you wrote down for me works; I kept it beside the screen."
    services.add_peer_note(pair_id=pair.pk, words=words, by=team.actors[learner.pk], at=at + 4 * DAY)
