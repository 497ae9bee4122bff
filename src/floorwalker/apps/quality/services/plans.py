"""Plans of drawing, and the daily draw: random for each agent, spread over their period, shared out fairly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from random import SystemRandom
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import SampleDraw, SamplePlan
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import plans as rules
from floorwalker.apps.quality.rules.sampling import Candidate, drawn
from floorwalker.apps.quality.services.refusals import NoFormInForce, ReviewedAlready
from floorwalker.apps.quality.services.reviews import draw
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale

AT_ONCE = 50  # agents whose contacts are looked at together


class PlanFlaw(Refused):
    code = "quality_plan_flaw"
    text = _("The plan cannot be kept like this: {problem}")


FLAWS = {
    "lengths": _("the shortest contact is longer than the longest."),
    "one_hour": _("give both hours, or none."),
    "no_hours": _("the hours leave no time of day."),
    "place": _("say for which team, site or client."),
    "per_period": _("one to ten contacts of each agent in a period."),
    "cadence": _("a period is 14 or 30 days."),
}


@dataclass(frozen=True)
class PlanValues:
    """What a plan says."""

    name: str
    team_id: int | None = None
    site_id: int | None = None
    client_id: int | None = None
    form_id: int | None = None
    channel: str = ""
    cadence_days: int = 30
    per_period: int = 1
    filters: rules.Filters = field(default_factory=rules.Filters)


@transaction.atomic
def make_plan(*, values: PlanValues, by: Actor, at: datetime, seed: int | None = None) -> SamplePlan:
    """From now on contacts are drawn by it; the seed is kept, so that every draw can be made again."""
    require(by, P.KEEP_PLANS)
    checked = _checked(values, by)
    plan = SamplePlan(
        **checked,
        seed=SystemRandom().randrange(2**31) if seed is None else seed,
        begins_at=_midnight(at, checked["zone"]),
        made_by=by.name,
        made_at=at,
    )
    plan.save()
    _record("make_plan", plan, by, at)
    return plan


@transaction.atomic
def change_plan(*, plan_id: int, values: PlanValues, version: int, by: Actor, at: datetime) -> SamplePlan:
    """Another rhythm begins with the day it is agreed; what was drawn stays."""
    plan = _locked(plan_id, by)
    if plan.version != version:
        raise Stale
    rhythm = (plan.cadence_days, plan.per_period)
    for name, value in _checked(values, by).items():
        setattr(plan, name, value)
    if rhythm != (plan.cadence_days, plan.per_period):
        plan.begins_at = _midnight(at, plan.zone)
    plan.version += 1
    plan.save()
    _record("change_plan", plan, by, at)
    return plan


@transaction.atomic
def pause_plan(*, plan_id: int, paused: bool, by: Actor, at: datetime) -> SamplePlan:
    """Nothing is drawn while it rests; what is drawn stays to be evaluated. ``paused`` false goes on."""
    plan = _locked(plan_id, by)
    state = rules.PAUSED if paused else rules.ACTIVE
    if plan.state != state:
        plan.state, plan.version = state, plan.version + 1
        plan.save(update_fields=["state", "version"])
        _record("pause_plan" if paused else "resume_plan", plan, by, at)
    return plan


def draw_due(at: datetime) -> int:
    """Every day: draw what the active plans want by now; how many. Twice on one day draws nothing twice."""
    given, number = Counter(queries.given_of_late(at)), 0
    for plan in SamplePlan.objects.filter(state=rules.ACTIVE).select_related("team__site", "site").order_by("pk"):
        agents = [(each, part) for each in queries.agents_of_plan(plan, at) if (part := _part(plan, each, at))]
        for first in range(0, len(agents), AT_ONCE):
            number += _draw_of(plan, dict(agents[first : first + AT_ONCE]), given, at)
    return number


def _midnight(at: datetime, zone: str) -> datetime:
    """The beginning of the day: whatever runs on one day sees the same parts."""
    return datetime.combine(at.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))


def _part(plan: SamplePlan, agent: Agent, at: datetime) -> rules.Part | None:
    return rules.part_of(
        begins=plan.begins_at, cadence=plan.cadence_days, per_period=plan.per_period, seed=plan.seed,
        agent=agent.pk, at=_midnight(at, plan.zone),
    )  # fmt: skip


def _draw_of(plan: SamplePlan, agents: Mapping[Agent, rules.Part], given: Counter[int], at: datetime) -> int:
    """Of some agents whose part is over, those for whom nothing stands yet."""
    standing = queries.standing_draws(plan, {agent.pk: part.end for agent, part in agents.items()})
    open_ones = {a: part for a, part in agents.items() if not queries.is_settled(standing.get(a.pk))}
    if not open_ones:
        return 0
    parts = {agent.pk: part for agent, part in open_ones.items()}
    contacts, away = queries.contacts_of_late(plan, parts), queries.away_of(parts)
    number, missing = 0, []
    for agent, part in open_ones.items():
        mine, before = contacts[agent.pk], standing.get(agent.pk)
        why = _missing(agent, part, mine, agent.pk in away, at)
        if why and (before is None or before.review_id is None):
            missing.append((agent, part, why))
        else:
            number += _draw_one(plan, agent, part, mine, why, given, at)
    _note_missing(plan, missing, standing, at)
    return number


def _missing(
    agent: Agent, part: rules.Part, contacts: Sequence[tuple[int, rules.Contact]], away: bool, at: datetime
) -> str:
    """Why there is nothing to draw; empty where there is something."""
    if agent.left_on is not None and agent.left_on < at.date():
        return rules.LEFT
    if any(each.fits and not each.taken for _pk, each in contacts):
        return ""
    began = datetime.combine(agent.started_on, time(), at.tzinfo)
    return rules.why_not([each for _pk, each in contacts], started=began, part=part, away=away)


@transaction.atomic
def _note_missing(
    plan: SamplePlan,
    missing: Sequence[tuple[Agent, rules.Part, str]],
    standing: Mapping[int, SampleDraw],
    at: datetime,
) -> None:
    """Write down of whom nothing was drawn and why; whoever drew for them meanwhile was quicker."""
    fresh = [
        SampleDraw(plan=plan, agent=agent, part=part.number, wanted_at=part.end, tried_at=at, why_not=why)
        for agent, part, why in missing
        if agent.pk not in standing
    ]
    SampleDraw.objects.bulk_create(fresh, ignore_conflicts=True)
    for why in {each for _agent, _part, each in missing}:
        mine = [standing[a.pk].pk for a, _part, each in missing if each == why and a.pk in standing]
        SampleDraw.objects.filter(pk__in=mine, review=None).update(why_not=why, tried_at=at)


@transaction.atomic
def _draw_one(
    plan: SamplePlan,
    agent: Agent,
    part: rules.Part,
    contacts: Sequence[tuple[int, rules.Contact]],
    missing: str,
    given: Counter[int],
    at: datetime,
) -> bool:
    """One contact of one agent, or why there is none. Whoever comes at the same moment waits here, and sees it."""
    mine = {"plan": plan, "agent": agent, "wanted_at": part.end}
    first = SampleDraw(**mine, part=part.number, tried_at=at, why_not=rules.NO_CONTACT)
    SampleDraw.objects.bulk_create([first], ignore_conflicts=True)
    row = SampleDraw.objects.select_for_update(of=("self",)).select_related("review").get(**mine)
    if queries.is_settled(row):
        return False
    row.again += row.review is not None  # what was drawn could not be judged: another one
    row.review, row.tried_at = None, at
    row.why_not = missing or _tried(plan, agent, part, contacts, given, row, at)
    row.save()
    return not row.why_not


def _tried(
    plan: SamplePlan,
    agent: Agent,
    part: rules.Part,
    contacts: Sequence[tuple[int, rules.Contact]],
    given: Counter[int],
    row: SampleDraw,
    at: datetime,
) -> str:
    """Draw for this row; empty where it went well, else why not."""
    chosen = chosen_of(plan, agent.pk, part, contacts, row.again)
    if chosen is None:
        return rules.NO_CONTACT
    evaluator = queries.evaluator_for(agent, given)
    if evaluator is None:
        return rules.NOBODY
    try:
        row.review = draw(conversation_id=chosen, evaluator_id=evaluator, form_id=plan.form_id, by=SYSTEM, at=at)
    except NoFormInForce:
        return rules.NO_FORM
    except ReviewedAlready:
        return rules.TAKEN  # drawn by hand a moment ago; tomorrow another one
    given[evaluator] += 1
    return ""


def chosen_of(
    plan: SamplePlan, agent: int, part: rules.Part, contacts: Sequence[tuple[int, rules.Contact]], again: int
) -> int | None:
    """By the kept seed: one of the part, else one of the rest of the period."""
    free = sorted(
        (Candidate(pk, agent, each.at, 0) for pk, each in contacts if each.fits and not each.taken),
        key=lambda each: each.id,
    )
    seed = rules.seed_of(plan.seed, agent, part.number, again)
    for start in (part.start, part.period_start):
        if found := drawn(free, {agent: 1}, start=start, end=part.end, seed=seed):
            return found[0].id
    return None


def _checked(values: PlanValues, by: Actor) -> dict[str, Any]:
    team = site = None
    if values.team_id is not None:
        team = people.the_team(by, values.team_id, P.KEEP_PLANS)
    elif values.site_id is not None:
        site = people.the_site(by, values.site_id, P.KEEP_PLANS)
    flaw = values.filters.flaw()
    if values.cadence_days not in SamplePlan.Cadence.values:
        flaw = "cadence"
    elif not 1 <= values.per_period <= rules.MOST_PER_PERIOD:
        flaw = "per_period"
    elif team is None and site is None and values.client_id is None:
        flaw = "place"
    if flaw:
        raise PlanFlaw(problem=FLAWS[flaw])
    client = people.the_client(by, values.client_id) if values.client_id is not None else None
    sight = by.sight(P.KEEP_PLANS)
    if team is None and not (sight.everything or (site is not None and site.pk in sight.sites)):
        refuse(by)  # a whole site, or a client wherever it is served, is for who keeps that
    form = queries.the_form(by, values.form_id) if values.form_id is not None else None
    zone = team.site.zone if team else site.zone if site else by.zone
    return {
        "name": values.name.strip(),
        "team": team,
        "site": site,
        "client": client,
        "form": form,
        "channel": values.channel,
        "cadence_days": values.cadence_days,
        "per_period": values.per_period,
        "filters": values.filters.to_json(),
        "zone": zone,
    }


def _locked(plan_id: int, by: Actor) -> SamplePlan:
    require(by, P.KEEP_PLANS)
    queries.the_plan(by, plan_id, P.KEEP_PLANS)
    return SamplePlan.objects.select_for_update(of=("self",)).get(pk=plan_id)


def _record(verb: str, plan: SamplePlan, by: Actor, at: datetime) -> None:
    facts = {"name": plan.name, "days": plan.cadence_days, "each": plan.per_period}
    audit.record(by=by, verb=f"quality.{verb}", about=("quality.plan", plan.pk), facts=facts, at=at)
