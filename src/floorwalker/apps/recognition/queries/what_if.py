"""What an agent would have if: what is open to them, and what their points would then be good for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition.models import Account, Reward
from floorwalker.apps.recognition.queries.incentives import IncentiveLine, incentives_for_me
from floorwalker.apps.recognition.queries.ledger import my_agent
from floorwalker.apps.recognition.queries.rewards import visible_rewards
from floorwalker.apps.recognition.queries.seasons import ways
from floorwalker.apps.recognition.rules import incentives as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words

MOST_GOALS = 10


@dataclass(frozen=True)
class Chances:
    """What can still be earned, each with its key, and the balance it is added to."""

    balance: int
    lines: list[IncentiveLine]
    goals: list[Any]  # the agent's own open goals
    goal_points: int  # what each of them earns when it is met

    def __bool__(self) -> bool:
        return bool(self.lines or self.goals)

    def all(self) -> list[rules.Chance]:
        """Everything that would earn points, and how often it still can."""
        running = [rules.Chance(key_of(each), each.incentive.points, each.still_mine) for each in self.lines]
        return running + [rules.Chance(f"goal_{each.pk}", self.goal_points, 1) for each in self.goals]

    def fields(self) -> list[tuple[str, Any, int, Any]]:
        """For a form: key, label, how often at most, help."""
        goals = [
            (
                f"goal_{each.pk}",
                _("Your goal: %(what)s (%(n)d points)")
                % {"what": each.get_measure_display(), "n": self.goal_points},
                1,
                _("Put 1 if you meet it. Its last day is %(day)s.") % {"day": day_words(each.last_day)},
            )
            for each in self.goals
        ]
        return goals + [
            (
                key_of(each),
                _("%(name)s (%(n)d points each)") % {"name": each.incentive.name, "n": each.incentive.points},
                each.still_mine,
                self.help(each),
            )
            for each in self.lines
        ]

    def help(self, line: IncentiveLine) -> str:
        return ngettext(
            "Until %(day)s, once more.", "Until %(day)s, at most %(n)d times more.", line.still_mine
        ) % {
            "day": day_words(line.incentive.last_day),
            "n": line.still_mine,
        }


@dataclass(frozen=True)
class WouldHave:
    points: int
    more: int
    enough_for: list[Reward]  # which the balance of now is not


def key_of(line: IncentiveLine) -> str:
    return f"incentive_{line.incentive.pk}"


def chances(actor: Actor, at: datetime) -> Chances:
    me = my_agent(actor)
    found = Account.objects.filter(agent=me).values_list("balance", flat=True).first()
    goals = performance.open_goals(actor, [me]).get(me.pk, [])[:MOST_GOALS]
    return Chances(found or 0, incentives_for_me(actor, at), goals, ways()["goal"].points)


def what_if(actor: Actor, found: Chances, wanted: Mapping[str, int]) -> WouldHave:
    """The balance if each happened so often, and what could then be asked for."""
    points = rules.would_have(found.balance, found.all(), dict(wanted))
    rows = (
        visible_rewards(actor)
        .filter(state=Reward.State.OFFERED, points__gt=found.balance, points__lte=points)
        .exclude(stock=0)
    )
    return WouldHave(points, points - found.balance, list(rows.order_by("points", "name")[:10]))
