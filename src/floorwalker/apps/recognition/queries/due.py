"""Whom to thank, and why: who carried a surge, who is steady, whom one has not thanked for long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries as demand
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition.models import Thanks
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.rules import thanks as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, duration_words, number_words
from floorwalker.kernel.once import read_once
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import within
from floorwalker.science.timegrid import zone_info

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SURGE_DAYS = 7 * DAY
SUGGESTED = 5


@dataclass(frozen=True)
class Suggestion:
    """Whom to thank, what for, and why; without words of its own where one has to say what it is for."""

    agent: Agent
    kind: str
    why: str
    words: str

    @property
    def url(self) -> str:
        """The page on which the thanks is said."""
        asked = {"colleague": self.agent.number, "kind": self.kind, "words": self.words}
        return f"{reverse('recognition:say')}?{urlencode(asked)}"


def suggestions(actor: Actor, at: datetime, most: int = SUGGESTED) -> list[Suggestion]:
    """For who leads, each person once: after a surge first, then the steady, then the long unthanked."""
    return _worth(actor, at)[:most]


@read_once  # a first page asks for its round of the floor and for whom to thank
def _worth(actor: Actor, at: datetime) -> list[Suggestion]:
    if not actor.sight(P.SUGGEST):
        return []
    sight = actor.sight(P.SUGGEST)
    led = Agent.objects.filter(within(sight, team="team", site="team__site"), left_on=None)
    led = led.exclude(user=actor.user_id) if actor.user_id is not None else led
    agents = {each.pk: each for each in led.select_related("team__site", "user").order_by("name", "pk")}
    said = Thanks.objects.filter(from_user=actor.user_id, agent__in=agents)
    thanked: dict[int, date] = dict(said.values_list("agent").annotate(last=Max("day")).order_by())
    found: dict[int, Suggestion] = {}
    for each in _all(actor, at, agents, thanked):
        found.setdefault(each.agent.pk, each)
    return list(found.values())


def _all(actor: Actor, at: datetime, agents: dict[int, Agent], thanked: dict[int, date]) -> Iterator[Suggestion]:
    today = at.astimezone(UTC).date()
    for due in _surges(actor, at, agents, thanked):
        yield _after_surge(due, agents)
    known = performance.baselines_of(actor, list(agents.values()), at)
    better = {measure: performance.better_is_more(measure) for measure in performance.measure_names()}
    for steady in rules.steady(known, better):
        if thanked.get(steady.agent_id, date.min) < today - rules.STEADY_DAYS:
            yield _for_steadiness(steady, agents)
    begun = Thanks.objects.order_by("at").values_list("day", flat=True).first()  # before, none were said here
    here = {pk: max(agent.started_on, begun or today) for pk, agent in agents.items()}
    for agent_id, days in rules.long_without(here, thanked, today):
        why = _("You have not thanked them for %(n)s days.") % {"n": number_words(days)}
        yield Suggestion(agents[agent_id], rules.THANKS, why, "")


def _surges(actor: Actor, at: datetime, agents: dict[int, Agent], thanked: dict[int, date]) -> list[rules.Due]:
    """Who of them carried a surge of the last week and has no thanks for it."""
    today = at.astimezone(UTC).date()
    told = demand.days_against_forecast(actor, today - SURGE_DAYS, today)
    zones = {each.queue.pk: zone_info(each.queue.zone) for each in told}
    days = [rules.QueueDay(each.queue.pk, each.queue.name, each.day, each.expected, each.actual) for each in told]
    surging = {each.queue_id for each in days if each.is_surge}
    if not surging:
        return []
    between = Period(at - SURGE_DAYS - DAY, at)
    hours: dict[tuple[int, int, date], float] = defaultdict(float)
    for agent, queue, start, end in offphone.presence_of(agents, surging, between):
        hours[agent, queue, start.astimezone(zones[queue]).date()] += (end - start) / HOUR
    return rules.due_after_surges(days, hours, thanked)


def _after_surge(due: rules.Due, agents: dict[int, Agent]) -> Suggestion:
    at = due.at
    words = {
        "day": day_words(at.day),
        "actual": number_words(round(at.actual)),
        "expected": number_words(round(at.expected)),
        "queue": at.queue,
        "time": duration_words(round(due.hours * 60) * 60),
    }
    why = _("%(day)s: %(actual)s contacts came to %(queue)s, %(expected)s were forecast; %(time)s on the phones.")
    return Suggestion(agents[due.agent_id], rules.THANKS, why % words, _("Thank you for %(day)s.") % words)


def _for_steadiness(steady: rules.Steady, agents: dict[int, Agent]) -> Suggestion:
    words = {
        "measure": performance.measure_names()[steady.measure],
        "own": performance.value_words(steady.measure, steady.spread),
        "usual": performance.value_words(steady.measure, steady.usual),
        "days": number_words(steady.days),
    }
    why = _(
        "%(measure)s: over %(days)s days theirs differed by about %(own)s from day to day, others’ by %(usual)s; "
        "chance makes somebody so steady in fewer than one of a hundred teams."
    )
    thanks = _("Thank you for being so steady.")
    return Suggestion(agents[steady.agent_id], rules.CONSISTENCY, why % words, thanks)
