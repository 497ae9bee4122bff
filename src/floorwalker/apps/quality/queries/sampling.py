"""Plans of drawing as their pages show them: what was drawn, what was not and why, what filters leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.utils.translation import gettext as _

from floorwalker.apps.quality.models import Channel, SampleDraw, SamplePlan
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.plans import (
    agents_of_plan,
    conversations_of_plan,
    passing,
    visible_draws,
    visible_plans,
)
from floorwalker.apps.quality.rules import sampling
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import duration_words, number_words, percent_words

OF_LATE = timedelta(days=30)
FEWEST_OF_A_REASON = 5
MOST_REASONS = 12
FAR_APART = 0.05  # of shares: what is worth a sentence
LONGER = 1.1


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list, with what it brought in the last thirty days."""

    plan: SamplePlan
    where: str
    drawn: int
    missing: int


def plan_lines(actor: Actor, at: datetime) -> list[PlanLine]:
    """Active ones first."""
    late = Q(draws__wanted_at__gte=at - OF_LATE)
    rows = visible_plans(actor).annotate(
        drawn=Count("draws", filter=late & Q(draws__review__isnull=False)),
        missing=Count("draws", filter=late & Q(draws__review=None)),
    )
    return [
        PlanLine(each, where_words(each), each.drawn, each.missing)
        for each in rows.order_by("state", "name", "pk")
    ]


def where_words(plan: SamplePlan) -> str:
    """For whom a plan draws."""
    place = plan.team or plan.site
    client = plan.client.name if plan.client else ""
    if place and client:
        return _("%(place)s, contacts of %(client)s") % {"place": place.name, "client": client}
    return place.name if place else _("contacts of %(client)s, wherever") % {"client": client}


def filter_words(plan: SamplePlan) -> list[str]:
    """Each filter in a sentence."""
    filters = plan.lets_through
    found = []
    if plan.channel:
        found.append(_("by %(channel)s only") % {"channel": plan.get_channel_display()})
    if filters.shortest is not None:
        found.append(_("at least %(length)s long") % {"length": duration_words(filters.shortest)})
    if filters.longest is not None:
        found.append(_("at most %(length)s long") % {"length": duration_words(filters.longest)})
    if filters.from_hour is not None:
        hours = {"first": f"{filters.from_hour:02}:00", "last": f"{filters.until_hour:02}:00"}
        found.append(_("begun between %(first)s and %(last)s") % hours)
    if filters.reasons:
        found.append(_("with the reason %(names)s") % {"names": _either(filters.reasons)})
    if filters.queues:
        found.append(_("from the queue %(names)s") % {"names": _either(filters.queues)})
    return found


def _either(names: tuple[str, ...]) -> str:
    return str(_(" or ")).join(f"“{each}”" for each in names)


@dataclass(frozen=True)
class BiasLine:
    """One group of contacts: its share of what can be drawn beside its share of all."""

    kind: str
    name: str
    kept: float
    all: float

    @property
    def apart(self) -> float:
        return self.kept - self.all


@dataclass(frozen=True)
class BiasPage:
    """What the filters of a plan leave out, in words and as a table."""

    bias: sampling.Bias
    sentences: list[str]
    lines: list[BiasLine]


def bias_of_plan(plan: SamplePlan, at: datetime) -> BiasPage:
    """Of the last period: what can be drawn beside all there was."""
    rows = conversations_of_plan(plan).filter(
        started_at__gte=at - timedelta(days=plan.cadence_days), started_at__lt=at
    )
    kept = passing(plan) or Q(pk__isnull=False)
    groups = rows.values_list("channel", "reason", "hour").annotate(
        all=Count("pk"),
        all_seconds=Sum("seconds"),
        kept=Count("pk", filter=kept),
        kept_seconds=Sum("seconds", filter=kept, default=Value(0)),
    )
    found = sampling.bias_of([sampling.Group(*each) for each in groups.order_by()])
    lines = [
        *(BiasLine(_("channel"), str(Channel(name).label), a, b) for name, a, b in found.channels),
        *(BiasLine(_("hour"), f"{hour:02}:00", a, b) for hour, a, b in found.hours),
        *_reasons(found),
    ]
    return BiasPage(found, bias_words(found, lines), lines)


def _reasons(bias: sampling.Bias) -> Iterator[BiasLine]:
    """The commonest; what few contacts came for is told together, for a rare reason can name a customer."""
    common = sorted(bias.reasons, key=lambda each: (-each[2], each[0]))
    named = [each for each in common[:MOST_REASONS] if each[2] * bias.all >= FEWEST_OF_A_REASON - 0.5]
    for name, kept, everything in named:
        yield BiasLine(_("reason"), name or _("none given"), kept, everything)
    rest_kept = sum(a for _name, a, _b in common) - sum(a for _name, a, _b in named)
    rest = sum(b for _name, _a, b in common) - sum(b for _name, _a, b in named)
    if len(common) > len(named):
        yield BiasLine(_("reason"), _("all others"), rest_kept, rest)


def bias_words(bias: sampling.Bias, lines: list[BiasLine]) -> list[str]:
    """What the filters do to the picture, the heaviest first."""
    if not bias.all:
        return [_("There was no contact in the last period, so nothing can be compared.")]
    if not bias.kept:
        return [_("Nothing passes: no contact of the last period could be drawn. Widen the filters.")]
    if bias.kept == bias.all:
        return [_("Nothing is left out: each contact can be drawn.")]
    found = [
        _("%(share)s of %(n)s contacts of the last period can be drawn; what the others sound like nobody hears.")
        % {"share": percent_words(bias.share), "n": number_words(bias.all)}
    ]
    assert bias.mean_seconds is not None and bias.all_mean_seconds is not None
    lengths = {"kept": duration_words(bias.mean_seconds), "all": duration_words(bias.all_mean_seconds)}
    if bias.mean_seconds > LONGER * bias.all_mean_seconds:
        found.append(_("They are longer: %(kept)s on average, against %(all)s of all.") % lengths)
    elif bias.all_mean_seconds > LONGER * bias.mean_seconds:
        found.append(_("They are shorter: %(kept)s on average, against %(all)s of all.") % lengths)
    apart = sorted(
        (each for each in lines if abs(each.apart) >= FAR_APART),
        key=lambda each: (each.kept > 0, -abs(each.apart)),
    )
    for each in apart[:4]:
        told = {
            "kind": each.kind,
            "name": each.name,
            "kept": percent_words(each.kept),
            "all": percent_words(each.all),
        }
        if not each.kept:
            found.append(_("Left out wholly: %(kind)s %(name)s, %(all)s of all contacts.") % told)
        elif each.apart > 0:
            found.append(_("Seen more than it happens: %(kind)s %(name)s, %(kept)s against %(all)s.") % told)
        else:
            found.append(_("Seen less than it happens: %(kind)s %(name)s, %(kept)s against %(all)s.") % told)
    return found


@dataclass(frozen=True)
class PlanPage:
    """A plan with what it brought in its last period."""

    plan: SamplePlan
    where: str
    filters: list[str]
    agents: int
    drawn: int
    missing: list[tuple[str, int]]  # why nothing was drawn, and of how many
    bias: BiasPage
    sees_people: bool


def plan_page(actor: Actor, plan: SamplePlan, at: datetime) -> PlanPage:
    """In sums for everybody who sees the plan; whose contacts they were is for who evaluates them."""
    since = at - timedelta(days=plan.cadence_days)
    rows = SampleDraw.objects.filter(plan=plan, wanted_at__gte=since)
    counts = dict(rows.values_list("why_not").annotate(n=Count("pk")).order_by())
    labels = dict(SampleDraw.WhyNot.choices)
    missing = [(str(labels[why]), n) for why, n in sorted(counts.items(), key=lambda each: -each[1]) if why]
    return PlanPage(
        plan,
        where_words(plan),
        filter_words(plan),
        agents_of_plan(plan, at).filter(Q(left_on=None) | Q(left_on__gte=at.date())).count(),
        counts.get("", 0),
        missing,
        bias_of_plan(plan, at),
        actor.may(P.EVALUATE),
    )


def draws_in(actor: Actor, plan: SamplePlan, only: str = "") -> QuerySet[SampleDraw]:
    """What a plan drew of agents in sight: everything, what it ``drew``, or what it ``missed``."""
    rows = visible_draws(actor).filter(plan=plan).select_related("agent__team", "review__conversation")
    if only:
        rows = rows.filter(review__isnull=only == "missed")
    return rows.defer("review__conversation__turns").annotate(agent_name=F("agent__name"))


def plain_bias(page: BiasPage) -> dict[str, Any]:
    names = ("kept", "all", "mean_seconds", "all_mean_seconds")
    groups = [{"kind": each.kind, "name": each.name, "kept": each.kept, "all": each.all} for each in page.lines]
    return {name: getattr(page.bias, name) for name in names} | {"sentences": page.sentences, "groups": groups}
