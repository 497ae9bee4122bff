"""What earns points by itself: each thing once, never from oneself, so many times a day; and how many it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Earned, Entry, PointRule
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import sources as rules
from floorwalker.apps.recognition.services.ledger import account_of, award, hold
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Refused

WHY_NOT = {
    "range": gettext_lazy("A way of earning gives 1 to 500 points, at most 20 times a day."),
    "kudos": gettext_lazy("Between 0 and 50 thanks with points can be given a month."),
    "against": gettext_lazy(
        "Helping must be at least as worthwhile as competing, in the best single thing and over a day. "
        "Give more for helping, or less for matches."
    ),
}


class PointsNotPossible(Refused):
    code = "points_not_possible"
    text = gettext_lazy("{why}")


class NoSuchWay(Refused):
    code = "points_no_such_way"
    text = gettext_lazy("Nothing earns points under “{key}”; the ways are {ways}.")


class KudosSpent(Refused):
    code = "points_kudos_spent"
    status = 409
    text = gettext_lazy(
        "You have given your thanks with points of this month. Say thanks without; it is read as gladly."
    )


@transaction.atomic
def earn(
    *, agent_id: int, way: str, ref: str, why: str, at: datetime, giver_id: int | None = None, by: Actor = SYSTEM
) -> Entry | None:
    """Points for one thing, or nothing: known already, from oneself, the day's limit reached, or somebody left."""
    rule = queries.ways()[way]
    agent = Agent.objects.select_related("team__site").filter(pk=agent_id, left_on=None).first()
    if agent is None or giver_id == agent_id:
        return None
    hold([account_of(agent_id)])  # one thing after the other, so that a limit holds
    mine = Earned.objects.filter(agent=agent, way=way)
    known = mine.filter(ref=ref).select_related("entry").first()
    if known is not None:
        return known.entry
    day = people.today_of(agent, at)
    if mine.filter(day=day).count() >= rule.a_day:
        return None
    once = f"{way}:{ref}:{agent_id}"
    entry = award(to=agent_id, source=rule.source, points=rule.points, ref=ref, why=why, once=once, at=at, by=by)
    Earned.objects.create(agent=agent, way=way, ref=ref, giver_id=giver_id, day=day, at=at, entry=entry)
    return entry


def earn_practice(*, play_id: int, agent_id: int, first_time: bool, at: datetime) -> None:
    """The first time somebody meets every step of a scenario alone."""
    if first_time:
        ref = f"learning.play:{play_id}"
        earn(agent_id=agent_id, way="practice", ref=ref, why=_("You practised a scenario to its end."), at=at)


@transaction.atomic
def earn_match(
    *, match_id: int, played: tuple[int, ...], won: Mapping[str, tuple[int, ...]], at: datetime
) -> None:
    """Everybody who played, and who was fastest, most complete, most creative; equals win together."""
    words = {
        "fastest": _("You were the fastest of your match."),
        "complete": _("You were the most complete of your match."),
        "creative": _("Colleagues found your handling the most creative of the match."),
    }
    ref = f"learning.match:{match_id}"
    hold(account_of(agent_id) for agent_id in sorted(played))
    for agent_id in sorted(played):
        earn(agent_id=agent_id, way="match", ref=ref, why=_("You played a match."), at=at)
        for way, winners in won.items():
            if agent_id in winners:
                earn(agent_id=agent_id, way=way, ref=ref, why=words[way], at=at)


def earn_vote(*, match_id: int, voter_id: int, at: datetime) -> None:
    ref = f"learning.match:{match_id}"
    earn(agent_id=voter_id, way="vote", ref=ref, why=_("You voted on a match of colleagues."), at=at)


def earn_answer(*, answer_id: int, author_id: int, asker_id: int, at: datetime) -> None:
    ref, why = f"hub.answer:{answer_id}", _("Your answer helped whoever asked.")
    earn(agent_id=author_id, way="answer", ref=ref, why=why, giver_id=asker_id, at=at)


def earn_reuse(*, post_id: int, author_id: int, by_id: int, at: datetime) -> None:
    ref, why = f"hub.post:{post_id}:{by_id}", _("A colleague used what you shared.")
    earn(agent_id=author_id, way="reuse", ref=ref, why=why, giver_id=by_id, at=at)


def earn_goal(*, goal_id: int, agent_id: int, best: bool, at: datetime) -> None:
    ref = f"performance.goal:{goal_id}"
    earn(agent_id=agent_id, way="goal", ref=ref, why=_("You met your goal."), at=at)
    if best:
        earn(agent_id=agent_id, way="best", ref=ref, why=_("It was your best ever."), at=at)


def earn_contest(*, contest_id: int, agent_id: int, at: datetime) -> None:
    ref, why = f"recognition.contest:{contest_id}", _("You met your own aim of the contest.")
    earn(agent_id=agent_id, way="contest", ref=ref, why=why, at=at)


@transaction.atomic
def give_kudos(*, thanks_id: int, to: int, by: Actor, at: datetime) -> Entry | None:
    """Points with a thanks, out of the giver's monthly number; who answers no contacts gives none."""
    me = people.agent_of(by)
    if me is None or me.pk == to:
        return None
    hold([account_of(me.pk), account_of(to)])  # at once: two who thank each other would wait for one another
    if queries.kudos_left(me, people.today_of(me, at)) < 1:
        raise KudosSpent
    why = _("%(name)s thanked you with points.") % {"name": me.name}
    return earn(
        agent_id=to, way="kudos", ref=f"recognition.thanks:{thanks_id}", why=why, giver_id=me.pk, at=at, by=by
    )


@transaction.atomic
def set_points(
    *, points: Mapping[str, tuple[int, int]], kudos_a_month: int | None = None, by: Actor, at: datetime
) -> None:
    """Say how many points what earns, and how often a day; what was earned before stays."""
    require(by, P.KEEP_GAME)
    if strange := sorted(points.keys() - rules.WAYS.keys()):
        raise NoSuchWay(key=strange[0], ways=", ".join(rules.WAYS))
    before = queries.ways()
    ways = before | {
        key: rules.Way(key, rules.WAYS[key].source, each, a_day) for key, (each, a_day) in points.items()
    }
    month = queries.kudos_a_month() if kudos_a_month is None else kudos_a_month
    if wrong := rules.what_is_wrong(ways, month):
        raise PointsNotPossible(why=WHY_NOT[wrong])
    for key, way in ways.items():
        if way != before[key]:
            values = {"points": way.points, "a_day": way.a_day}
            PointRule.objects.update_or_create(key=key, defaults=values)
    if kudos_a_month is not None:
        values = {"points": 1, "a_day": kudos_a_month}
        PointRule.objects.update_or_create(key=queries.KUDOS_RULE, defaults=values)
    facts = {key: [way.points, way.a_day] for key, way in ways.items() if way != before[key]}
    audit.record(
        by=by,
        verb="recognition.set_points",
        about=("recognition.pointrule", 0),
        facts=facts | {"kudos": month},
        at=at,
    )
