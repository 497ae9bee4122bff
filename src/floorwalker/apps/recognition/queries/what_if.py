"""What an agent would have if: what is open to them, and what their points would then be good for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition.models import Account, Incentive, Reward
from floorwalker.apps.recognition.queries.incentives import IncentiveLine, incentives_for_me
from floorwalker.apps.recognition.queries.ledger import my_agent
from floorwalker.apps.recognition.queries.rewards import visible_rewards
from floorwalker.apps.recognition.rules import incentives as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words


@dataclass(frozen=True)
class Chances:
    """What can still be earned, each with its key, and the balance it is added to."""

    balance: int
    lines: list[IncentiveLine]
    goals: list[Any]  # the agent's own open goals: what an incentive for goals is about

    def fields(self) -> list[tuple[str, Any, int, Any]]:
        """For a form: key, label, how often at most, help."""
        return [
            (
                key_of(each),
                _("%(name)s (%(n)d points each)") % {"name": each.incentive.name, "n": each.incentive.points},
                each.still_mine,
                self.help(each),
            )
            for each in self.lines
        ]

    def help(self, line: IncentiveLine) -> str:
        until = _("Until %(day)s, at most %(n)d times more.") % {
            "day": day_words(line.incentive.last_day),
            "n": line.still_mine,
        }
        if line.incentive.occasion != Incentive.Occasion.GOAL or not self.goals:
            return until
        names = ", ".join(f"{goal.get_measure_display()} {goal.target:g}" for goal in self.goals[:3])
        return f"{until} " + _("Your open goals: %(names)s.") % {"names": names}


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
    goals = performance.open_goals(actor, [me]).get(me.pk, [])
    return Chances(found or 0, incentives_for_me(actor, at), goals)


def what_if(actor: Actor, found: Chances, wanted: Mapping[str, int]) -> WouldHave:
    """The balance if each happened so often, and what could then be asked for."""
    each = [rules.Chance(key_of(line), line.incentive.points, line.still_mine) for line in found.lines]
    points = rules.would_have(found.balance, each, dict(wanted))
    rows = (
        visible_rewards(actor)
        .filter(state=Reward.State.OFFERED, points__gt=found.balance, points__lte=points)
        .exclude(stock=0)
    )
    return WouldHave(points, points - found.balance, list(rows.order_by("points", "name")[:10]))
