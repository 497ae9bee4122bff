"""Two handlings of one scenario side by side, without names: of those who play in the arena and let it be seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from floorwalker.apps.learning.models import Match, Play, Scenario
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.plays import turns_of, walk_of
from floorwalker.apps.learning.queries.voting import Said, transcript
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.scoping import pick


@dataclass(frozen=True)
class Handling:
    """One way through, with the steps it met; no name, no time."""

    said: list[Said]
    met: list[str]
    missed: list[str]
    complete: bool


@dataclass(frozen=True)
class Pair:
    """Two handlings, and which of how many pairs this is."""

    scenario: Scenario
    setting: str
    left: Handling
    right: Handling
    number: int
    pairs: int


SHOWN = {
    "state": Play.State.FINISHED,
    "purpose": Play.Purpose.MATCH,
    "seat__match__state": Match.State.DECIDED,
    "agent__arena__left_at": None,
    "agent__arena__isnull": False,
}


def compared_plays(scenario_id: int) -> QuerySet[Play]:
    """Handlings from matches that are decided, of agents who are in the arena now."""
    return Play.objects.filter(version__scenario=scenario_id, **SHOWN)


def scenarios_to_compare(actor: Actor) -> QuerySet[Scenario]:
    """Those with two handlings; an agent sees what they have finished themselves: nothing is given away."""
    sight = actor.sight(P.COMPARE)
    if not sight:
        return Scenario.objects.none()
    handlings = Play.objects.filter(**SHOWN).values("version__scenario").annotate(n=Count("pk")).filter(n__gte=2)
    rows = Scenario.objects.filter(pk__in=handlings.order_by().values("version__scenario"))
    me = people.agent_of(actor)
    if not (sight.everything or sight.teams or sight.sites) and me is not None:
        played = Play.objects.filter(agent=me, state=Play.State.FINISHED).values("version__scenario")
        rows = rows.filter(pk__in=played)
    return rows.order_by("name", "pk")


def the_pair_of(actor: Actor, scenario_id: int, number: int = 1) -> Pair:
    """One pair of handlings; the next ones by their number, round and round."""
    scenario = pick(scenarios_to_compare(actor), scenario_id)
    plays = list(compared_plays(scenario.pk).select_related("version").order_by("finished_at", "pk")[:40])
    pairs = len(plays) - 1
    place = (max(number, 1) - 1) % pairs
    # Neighbours in time, each on the left every other time: nothing in the order tells who played whom.
    left, right = plays[place], plays[place + 1]
    if place % 2:
        left, right = right, left
    return Pair(scenario, left.version.flow.setting, _handling(left), _handling(right), place + 1, pairs)


def _handling(play: Play) -> Handling:
    flow, walked = play.version.flow, walk_of(play, turns_of(play))
    met = [step.text for step in flow.steps if step.key in walked.met]
    missed = [step.text for step in flow.steps if step.key not in walked.met]
    return Handling(transcript(play), met, missed, walked.complete)
