"""How attention lies: of each agent who gave how much, of each giver the mix and how far apart; never words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.sight import visible_touches
from floorwalker.apps.coaching.queries.silence import led, limits, silent_days
from floorwalker.apps.coaching.rules import floor
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words, percent_words
from floorwalker.kernel.periods import Period

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class By:
    """What one person gave to one agent."""

    name: str
    own: bool  # the reader themselves
    times: int
    positive: int
    corrective: int
    minutes: int

    @property
    def words(self) -> str:
        """“Rita: 4 times, 45 min”."""
        told = {"name": _("you") if self.own else self.name, "n": number_words(self.times)}
        if not self.minutes:
            return _("%(name)s: %(n)s×") % told
        return _("%(name)s: %(n)s×, %(minutes)s min") % (told | {"minutes": number_words(self.minutes)})


@dataclass(frozen=True)
class AttentionLine:
    """How much attention one agent had lately, from whom, and of which mix."""

    agent: Agent
    silent: int
    over: bool
    by: list[By]

    @property
    def times(self) -> int:
        return sum(each.times for each in self.by)

    @property
    def positive(self) -> int:
        return sum(each.positive for each in self.by)

    @property
    def corrective(self) -> int:
        return sum(each.corrective for each in self.by)

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.by)

    @property
    def mix(self) -> str:
        return mix_words(self.positive, self.corrective)


@dataclass(frozen=True)
class GivenLine:
    """What one person gave lately: how often, the mix, and how far minutes lie apart over those they lead."""

    name: str
    times: int
    agents: int
    mix: floor.Mix
    led: int

    @property
    def minutes(self) -> float:
        return sum(self.mix.minutes.values())

    @property
    def mix_words(self) -> str:
        return mix_words(self.mix.positive, self.mix.corrective)

    @property
    def apart(self) -> str:
        """“0 to 60 min each; 3 of 12 got none”."""
        ends = self.mix.least_and_most
        if ends is None:
            return ""
        if not ends[1]:
            return _("no minutes of sessions")
        told = {"least": number_words(ends[0]), "most": number_words(ends[1])}
        said = _("%(least)s to %(most)s min each") % told
        if not self.mix.nothing:
            return said
        told = {"n": number_words(self.mix.nothing), "all": number_words(len(self.mix.minutes))}
        return f"{said}; {_('%(n)s of %(all)s got none') % told}"


def mix_words(positive: int, corrective: int) -> str:
    """The mix in words and never as an aim: nobody knows the right one."""
    if not positive + corrective:
        return _("neither")
    told = {
        "positive": positive,
        "corrective": corrective,
        "share": percent_words(positive / (positive + corrective)),
    }
    return _("%(positive)s positive, %(corrective)s corrective (%(share)s positive)") % told


def attention(actor: Actor, at: datetime) -> list[AttentionLine]:
    """Agent by agent with who gave it, for whoever leads them; the longest silence first."""
    agents = list(led(actor))
    silent = silent_days(agents, at)
    known = limits(each.team.site_id for each in agents)
    given: dict[int, dict[tuple[int, str], list[tuple[str, int]]]] = {}
    rows = visible_touches(actor).filter(agent__in=agents, at__gte=at - RECENT).order_by("at", "pk")
    for agent, by, name, tone, spent in rows.values_list("agent", "by", "by__name", "tone", "minutes"):
        given.setdefault(agent, {}).setdefault((by, name), []).append((tone, spent or 0))
    lines = []
    for each in agents:
        limit = known.get(each.team.site_id, (floor.SILENCE_LIMIT_DAYS, 4))[0]
        by_whom = [
            By(
                name,
                by == actor.user_id,
                len(times),
                sum(tone == "positive" for tone, _spent in times),
                sum(tone == "corrective" for tone, _spent in times),
                sum(spent for _tone, spent in times),
            )
            for (by, name), times in given.get(each.pk, {}).items()
        ]
        by_whom.sort(key=lambda line: (-line.times, line.name))
        lines.append(AttentionLine(each, silent[each.pk], silent[each.pk] > limit, by_whom))
    return sorted(lines, key=lambda line: (-line.silent, line.agent.name))


@dataclass(frozen=True)
class PlaceLine:
    """What those who work on site, from home or both were given together; ``shown`` is false of a few people."""

    key: str
    name: str
    people: int
    shown: bool
    times: int | None
    minutes: int | None

    @property
    def each(self) -> float | None:
        return self.times / self.people if self.times is not None else None


def attention_by_place(actor: Actor, at: datetime) -> list[PlaceLine]:
    """Whether attention reaches those at home as it reaches those on site: sums, and none of fewer than five."""
    places = dict(led(actor, P.SEE_ATTENTION).order_by().values_list("pk", "workplace"))
    people_at = Counter(places.values())
    shown = floor.told_apart(people_at)
    times, minutes = Counter[str](), Counter[str]()
    rows = (
        visible_touches(actor).filter(at__gte=at - RECENT, agent__in=list(places)).values_list("agent", "minutes")
    )
    for agent, spent in rows:
        times[places[agent]] += 1
        minutes[places[agent]] += spent or 0
    return [
        PlaceLine(
            key,
            str(label),
            people_at[key],
            key in shown,
            times[key] if key in shown else None,
            minutes[key] if key in shown else None,
        )
        for key, label in (*Agent.Workplace.choices, ("", _("not said")))
        if people_at[key]
    ]


def given_lately(actor: Actor, at: datetime) -> list[GivenLine]:
    """What each person gave to the agents in sight; a lead reads their own line, a manager all.

    Minutes are spread over everybody a giver leads, so that who got none is counted; an analyst leads nobody, and
    theirs are spread over those they spoke to.
    """
    rows = visible_touches(actor).filter(at__gte=at - RECENT)
    if not actor.may(P.KEEP_LIMITS):
        rows = rows.filter(by=actor.user_id)
    given: dict[int, list[tuple[int, str, float]]] = {}
    names: dict[int, str] = {}
    for by, name, agent, tone, spent in rows.values_list("by", "by__name", "agent", "tone", "minutes"):
        given.setdefault(by, []).append((agent, tone, spent or 0))
        names[by] = name
    teams = teams_led(led(actor, P.SEE_ATTENTION).values_list("pk", "team", "user"))
    lines = []
    for by, times in given.items():
        theirs = teams.get(by, set())
        told_to = {agent for agent, _tone, _spent in times}
        lines.append(
            GivenLine(names[by], len(times), len(told_to), floor.mix(times, theirs | told_to), len(theirs))
        )
    return sorted(lines, key=lambda line: line.name)


def feedback_by_team(actor: Actor, teams: Collection[int], between: Period) -> dict[int, tuple[int, int]]:
    """How often feedback to people of each team was positive, and how often corrective; never whose."""
    rows = visible_touches(actor).filter(
        kind=Touch.Kind.FEEDBACK,
        agent__team__in=teams,
        agent__left_on=None,
        at__gte=between.start,
        at__lt=between.end,
    )
    sums = rows.order_by().values_list("agent__team").annotate(
        positive=Count("pk", filter=Q(tone="positive")), corrective=Count("pk", filter=Q(tone="corrective"))
    )  # fmt: skip
    return {team: (positive, corrective) for team, positive, corrective in sums}


def teams_led(agents: Iterable[tuple[int, int, int | None]]) -> dict[int, set[int]]:
    """The agents each lead leads now, of agents with their team and user; nobody themselves."""
    by_team: dict[int, list[tuple[int, int | None]]] = {}
    for agent, team, user in agents:
        by_team.setdefault(team, []).append((agent, user))
    found: dict[int, set[int]] = {}
    for team_id, leads in people.leads_of_teams(by_team).items():
        for lead in leads:
            found.setdefault(lead, set()).update(agent for agent, user in by_team[team_id] if user != lead)
    return found
