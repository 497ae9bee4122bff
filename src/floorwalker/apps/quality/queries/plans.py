"""Plans of drawing: who sees them, whom they are about, which contacts they let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractHour

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.quality.models import Conversation, FormVersion, Review, SampleDraw, SamplePlan
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.reviews import evaluators_of
from floorwalker.apps.quality.rules import plans as rules
from floorwalker.apps.quality.rules import reviews as lives
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import pick, scoped, within

WORK_OF_LATE = timedelta(days=7)


def visible_plans(actor: Actor, permission: Permission = P.SEE_PLANS) -> QuerySet[SamplePlan]:
    """Those of one's teams and sites; who only looks sees also those of a whole site their team is part of."""
    sight = actor.sight(permission)
    rows = SamplePlan.objects.select_related("team__site", "site", "client", "form")
    if sight.everything:
        return rows
    reach = within(sight, team="team", site="team__site") | within(sight, site="site")
    if permission is P.SEE_PLANS:
        reach |= Q(site__in=Team.objects.filter(pk__in=sight.teams).values("site"))
    return rows.filter(reach)


def the_plan(actor: Actor, plan_id: int, permission: Permission = P.SEE_PLANS) -> SamplePlan:
    return pick(visible_plans(actor, permission), plan_id)


def visible_draws(actor: Actor, permission: Permission = P.EVALUATE) -> QuerySet[SampleDraw]:
    """What was drawn of agents one may evaluate."""
    reach = within(actor.sight(permission), team="agent__team", site="agent__team__site")
    return SampleDraw.objects.filter(reach)


scoped(
    SamplePlan,
    visible_plans,
    P.SEE_PLANS,
    P.KEEP_PLANS,
    canary=("name", "made_by"),
    key="sample_plan_id",
    fixed=("zone",),
)
scoped(SampleDraw, visible_draws, P.EVALUATE)


def agents_of_plan(plan: SamplePlan, at: datetime) -> QuerySet[Agent]:
    """Whom a plan is about now; of a client alone, those who had its contacts of late."""
    today, since = at.date(), at - timedelta(days=plan.cadence_days)
    rows = Agent.objects.filter(started_on__lte=today).select_related("team__site", "user")
    rows = rows.filter(Q(left_on=None) | Q(left_on__gte=since.date()))
    if plan.team_id is not None:
        return rows.filter(team=plan.team_id)
    if plan.site_id is not None:
        return rows.filter(team__site=plan.site_id)
    had = Conversation.objects.filter(client=plan.client_id, started_at__gte=since)
    return rows.filter(pk__in=had.values("agent"))


def passing(plan: SamplePlan) -> Q:
    """What the plan's filters let through, of rows that know their ``hour``."""
    filters, found = plan.lets_through, Q()
    if plan.channel:
        found &= Q(channel=plan.channel)
    if filters.shortest is not None:
        found &= Q(seconds__gte=filters.shortest)
    if filters.longest is not None:
        found &= Q(seconds__lte=filters.longest)
    if filters.reasons:
        found &= Q(reason__in=filters.reasons)
    if filters.queues:
        found &= Q(queue_name__in=filters.queues)
    if filters.hours():
        found &= Q(hour__in=filters.hours())
    return found


def conversations_of_plan(plan: SamplePlan) -> QuerySet[Conversation]:
    """Contacts a plan is about, before its filters, each with its hour of the day."""
    rows = Conversation.objects.annotate(hour=ExtractHour("started_at", tzinfo=ZoneInfo(plan.zone)))
    if plan.client_id is not None:
        rows = rows.filter(client=plan.client_id)
    if plan.team_id is not None:
        rows = rows.filter(agent__team=plan.team_id)
    elif plan.site_id is not None:
        rows = rows.filter(agent__team__site=plan.site_id)
    return rows


def contacts_of_late(
    plan: SamplePlan, parts: Mapping[int, rules.Part]
) -> dict[int, list[tuple[int, rules.Contact]]]:
    """Of each agent the contacts of the period that ends with their part."""
    passes = passing(plan)
    fits = Case(When(passes, then=Value(True)), default=Value(False), output_field=BooleanField()) if passes else (
        Value(True)
    )  # fmt: skip
    rows = conversations_of_plan(plan).filter(
        agent__in=list(parts),
        started_at__gte=min(each.period_start for each in parts.values()),
        started_at__lt=max(each.end for each in parts.values()),
    )
    rows = rows.annotate(fits=fits, taken=Exists(Review.objects.filter(conversation=OuterRef("pk"))))
    found: dict[int, list[tuple[int, rules.Contact]]] = {agent: [] for agent in parts}
    for pk, agent, began, fit, taken in rows.values_list("pk", "agent", "started_at", "fits", "taken"):
        if parts[agent].period_start <= began < parts[agent].end:
            found[agent].append((pk, rules.Contact(began, fit, taken)))
    return found


def away_of(parts: Mapping[int, rules.Part]) -> set[int]:
    """Agents who by the published shifts were not at work in their part; nobody where nothing is published."""
    between = Period(min(each.start for each in parts.values()), max(each.end for each in parts.values()))
    shifts = offphone.shifts_of(parts, between)
    if not shifts:
        return set()
    return {
        agent
        for agent, part in parts.items()
        if not any(period.start < part.end and part.start < period.end for period, _group in shifts.get(agent, []))
    }


def standing_draws(plan: SamplePlan, wanted: Mapping[int, datetime]) -> dict[int, SampleDraw]:
    """What was drawn or tried already for each agent's part."""
    rows = SampleDraw.objects.filter(plan=plan, agent__in=list(wanted), wanted_at__in=set(wanted.values()))
    return {
        each.agent_id: each for each in rows.select_related("review") if wanted[each.agent_id] == each.wanted_at
    }


def is_settled(draw: SampleDraw | None) -> bool:
    """Whether there is nothing left to draw for this part."""
    return draw is not None and draw.review is not None and draw.review.state != lives.DROPPED


def given_of_late(at: datetime) -> dict[int, int]:
    """How many contacts each evaluator was given in the last week."""
    rows = Review.objects.filter(drawn_at__gte=at - WORK_OF_LATE).exclude(state=lives.DROPPED)
    return dict(rows.values_list("evaluator").annotate(n=Count("pk")).order_by())


def evaluator_for(agent: Agent, given: Mapping[int, int]) -> int | None:
    """The one whose turn it is, by what waits for them and what they were given of late."""
    return rules.fairest(
        {
            each.user_id: (each.analyst, each.open + given.get(each.user_id, 0), each.name)
            for each in evaluators_of(agent)
        }
    )


def version_in_force(form_id: int) -> FormVersion | None:
    rows = FormVersion.objects.filter(form=form_id, form__archived=False, state=FormVersion.State.IN_FORCE)
    return rows.select_related("form").first()


def cadences(agents: Sequence[Agent], at: datetime) -> dict[int, int]:
    """How often each of these agents is to be reviewed by the plans that are active; the shortest counts."""
    found: dict[int, int] = {}
    for plan in SamplePlan.objects.filter(state=rules.ACTIVE).order_by("-cadence_days"):
        if plan.team_id is not None:
            meant = {each.pk for each in agents if each.team_id == plan.team_id}
        elif plan.site_id is not None:
            meant = {each.pk for each in agents if each.team.site_id == plan.site_id}
        else:
            mine = agents_of_plan(plan, at).filter(pk__in=[each.pk for each in agents])
            meant = set(mine.values_list("pk", flat=True))
        found |= dict.fromkeys(meant, plan.cadence_days)
    return found


def places_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Where somebody may have contacts drawn: ``team:3``, ``site:1``, or of a client wherever it is served."""
    sight = actor.sight(P.KEEP_PLANS)
    sites = people.visible_sites(actor, P.KEEP_PLANS).filter(archived=False).order_by("name")
    teams = people.visible_teams(actor, P.KEEP_PLANS).filter(archived=False).select_related("site")
    whole = [each for each in sites if sight.everything or each.pk in sight.sites]
    return [
        *((f"site:{each.pk}", each.name) for each in whole),
        *((f"team:{each.pk}", f"{each.name} ({each.site.name})") for each in teams.order_by("name")),
    ]
