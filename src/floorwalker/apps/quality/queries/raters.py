"""Scores taken apart: who sees whose leniency, what is fitted, and what a page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import (
    AgentEffect,
    Answer,
    Dispute,
    Form,
    FormVersion,
    RaterEffect,
    RaterFit,
    Review,
    Side,
)
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT
from floorwalker.apps.quality.rules import raters as rules
from floorwalker.apps.quality.rules import reviews as review_rules
from floorwalker.apps.quality.rules.forms import AGENT
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import Chart, Series, number_words
from floorwalker.kernel.scoping import pick, scoped, within

COUNTED = (review_rules.SAMPLE, review_rules.DOUBLE)  # contacts one picks oneself say nothing of the others


def visible_fits(actor: Actor, permission: Permission = P.SEE_RATERS) -> QuerySet[RaterFit]:
    """What was fitted when, and from how much; it names nobody."""
    return RaterFit.objects.all() if actor.sight(permission) else RaterFit.objects.none()


def the_fit(actor: Actor, fit_id: int) -> RaterFit:
    return pick(visible_fits(actor), fit_id)


def visible_rater_effects(actor: Actor, permission: Permission = P.SEE_RATERS) -> QuerySet[RaterEffect]:
    """One's own leniency, and as a lead that of the evaluators who scored agents of one's places."""
    reach = within(actor.sight(permission), own="evaluator", team="teams", site="teams__site")
    return RaterEffect.objects.filter(pk__in=RaterEffect.objects.filter(reach).values("pk"))


def visible_agent_effects(actor: Actor, permission: Permission = P.ANSWER) -> QuerySet[AgentEffect]:
    """One's own score without the leniency of evaluators; nobody else's."""
    return AgentEffect.objects.filter(within(actor.sight(permission), own="agent__user"))


scoped(RaterEffect, visible_rater_effects, P.SEE_RATERS)
scoped(AgentEffect, visible_agent_effects, P.ANSWER, relations=("own",))


def newest_fit() -> RaterFit | None:
    """The last one that has something to say."""
    return RaterFit.objects.filter(state=RaterFit.State.FITTED).order_by("-version").first()


def evaluations_since(since: datetime) -> QuerySet[Review]:
    """Evaluations that are shown and were drawn or scored a second time; calibrations never count."""
    return Review.objects.filter(state__in=SHOWN_TO_AGENT, why__in=COUNTED, scored_at__gte=since)


def inputs_of(fit_id: int) -> dict[str, Any]:
    """What the work needs: evaluations, and points of every item the agent controls, as answers stand now."""
    fit = RaterFit.objects.get(pk=fit_id)
    reviews = evaluations_since(fit.since)
    shares, items = _shares(reviews)
    about = {
        pk: (agent, evaluator, conversation, form, version)
        for pk, agent, evaluator, conversation, form, version in reviews.order_by("pk").values_list(
            "pk", "agent", "evaluator", "conversation", "form_version__form", "form_version"
        )
    }
    stands: dict[tuple[int, str], tuple[bool, str]] = {}
    given = Answer.objects.filter(review__in=reviews.values("pk"), side__in=[Side.EVALUATOR, Side.DECIDER])
    for review, key, side, value in given.values_list("review", "item_key", "side", "value").iterator():
        decided = side == Side.DECIDER  # who decided a dispute overrides the evaluator
        if decided or not stands.get((review, key), (False, ""))[0]:
            stands[review, key] = (decided, value)
    numbers: dict[int, int] = {}
    evaluations: list[list[int]] = []
    answers: list[list[float]] = []
    for (review, key), (_decided, value) in stands.items():
        if review not in about:
            continue  # shown between the two reads
        agent, evaluator, conversation, form, version = about[review]
        found = shares.get((version, key))
        if found is None or value not in found[1]:
            continue
        if review not in numbers:
            numbers[review] = len(evaluations)
            evaluations.append([review, agent, evaluator, conversation, form])
        answers.append([numbers[review], found[0], found[1][value]])
    return {"evaluations": evaluations, "answers": answers, "items": [list(each) for each in items]}


def _shares(reviews: QuerySet[Review]) -> tuple[dict[tuple[int, str], tuple[int, dict[str, float]]], list[Any]]:
    """Of each version and item its number and what its answers earn; an item keeps its key for ever."""
    numbers: dict[tuple[int, str], int] = {}
    shares = {}
    for version in FormVersion.objects.filter(pk__in=reviews.values("form_version")):
        for item in version.words.items():
            if item.controlled_by == AGENT and item.weight > 0:
                number = numbers.setdefault((version.form_id, item.key), len(numbers))
                shares[version.pk, item.key] = (number, {each.value: 100 * each.share for each in item.anchors})
    return shares, list(numbers)


def teams_scored(since: datetime) -> dict[int, set[int]]:
    """Whose agents each evaluator scored."""
    found: dict[int, set[int]] = {}
    for evaluator, team in evaluations_since(since).values_list("evaluator", "agent__team").distinct():
        found.setdefault(evaluator, set()).add(team)
    return found


def disputes_of(since: datetime) -> dict[int, tuple[int, int]]:
    """How many disputes of each evaluator's scores were decided, and in how many the score was changed."""
    rows = Dispute.objects.filter(
        review__in=evaluations_since(since).values("pk"), state__in=[Dispute.State.UPHELD, Dispute.State.CHANGED]
    )
    counted = rows.values_list("review__evaluator").annotate(
        n=Count("pk"), changed=Count("pk", filter=Q(state=Dispute.State.CHANGED))
    )
    return {evaluator: (n, changed) for evaluator, n, changed in counted.order_by()}


@dataclass(frozen=True)
class RaterLine:
    """An evaluator as the page shows them."""

    effect: RaterEffect
    own: bool

    @property
    def name(self) -> str:
        return self.effect.evaluator.name

    @property
    def sentence(self) -> str:
        return words.leniency_words(self.effect, own=self.own)


@dataclass(frozen=True)
class FitItem:
    form: str
    item: str
    evaluations: int
    points: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class RatersPage:
    """What was fitted last, as far as the reader may see it."""

    fit: RaterFit | None  # the newest that says something
    newest: RaterFit | None  # the newest of all: it may have come to nothing
    mine: RaterLine | None
    lines: list[RaterLine]
    chart: Chart | None
    spread_chart: Chart | None
    sentence: str


def raters_page(actor: Actor) -> RatersPage:
    """By name, never by rank: what is shown are differences with how sure they are."""
    fit = newest_fit()
    newest = visible_fits(actor).order_by("-version").first()
    if fit is None:
        return RatersPage(None, newest, None, [], None, None, "")
    rows = visible_rater_effects(actor).filter(fit=fit).select_related("evaluator")
    lines = [
        RaterLine(each, each.evaluator_id == actor.user_id) for each in rows.order_by("evaluator__name", "pk")
    ]
    mine = next((each for each in lines if each.own), None)
    others = lines if actor.sight(P.SEE_RATERS).beyond_own else []
    return RatersPage(
        fit,
        newest,
        mine,
        others,
        _raters_chart(others),
        _spread_chart(fit) if others else None,
        _spread_words(fit),
    )


def _raters_chart(lines: list[RaterLine]) -> Chart | None:
    told = [each for each in lines if not each.effect.silent]
    if len(told) < 2:
        return None
    apart = sum(words.verdict_of(each.effect) != rules.LIKE_THE_MEAN for each in told)
    return Chart(
        key="raters",
        title=_("What each gives above or below the mean, for the same work"),
        sentence=ngettext(
            "%(n)d of %(all)d can be told apart from the mean of all.",
            "%(n)d of %(all)d can be told apart from the mean of all.",
            apart,
        )
        % {"n": apart, "all": len(told)},
        points=[each.name for each in told],
        unit=_("points of 100"),
        digits=1,
        series=[
            Series(
                _("Above or below the mean"),
                [each.effect.points for each in told],
                role="interval",
                low=[each.effect.low for each in told],
                high=[each.effect.high for each in told],
            )
        ],
        csv_url="raters.csv",
    )


PARTS = ("agent", "evaluator", "contact", "rest")


def _spread_chart(fit: RaterFit) -> Chart:
    told = [key for key in PARTS if fit.spread.get(key) is not None]
    return Chart(
        key="spread",
        title=_("Where differences between scores come from"),
        sentence=_spread_words(fit),
        points=[str(words.PARTS[key]) for key in told],
        unit=_("points (standard deviation)"),
        digits=1,
        series=[Series(_("Spread"), [fit.spread[key] for key in told], role="bar")],
    )


def _spread_words(fit: RaterFit) -> str:
    agent, evaluator = fit.spread.get("agent", 0.0), fit.spread.get("evaluator", 0.0)
    figures = {"agent": number_words(agent, digits=1), "evaluator": number_words(evaluator, digits=1)}
    if evaluator > agent:
        return (
            _(
                "Evaluators differ by %(evaluator)s points, agents by %(agent)s: who scores decides more than who "
                "worked. Calibrate before anybody is compared."
            )
            % figures
        )
    return (
        _(
            "Agents differ by %(agent)s points, evaluators by %(evaluator)s: scores say more about the work than "
            "about who scored it."
        )
        % figures
    )


def fit_items(fit: RaterFit) -> list[FitItem]:
    """Items of a fit with their names as they read now, those that cost most first, silent ones last."""
    forms = {each.pk: each.name for each in Form.objects.filter(pk__in={row[0] for row in fit.items})}
    texts: dict[tuple[int, str], str] = {}
    for version in FormVersion.objects.filter(form__in=forms).order_by("number"):
        texts |= {(version.form_id, item.key): item.text for item in version.words.items()}
    found = [
        FitItem(forms.get(form, ""), texts.get((form, key), key), n, points, low, high)
        for form, key, n, points, low, high in fit.items
    ]
    return sorted(found, key=lambda each: (each.points is None, each.points or 0.0, each.form, each.item))


def recent_fits(actor: Actor, limit: int = 10) -> list[RaterFit]:
    return list(visible_fits(actor).defer("items").order_by("-version")[:limit])


RATER_COLUMNS = ("evaluator", "evaluations", "points", "low", "high", "silent", "disputes_decided", "changed")


def rater_rows(lines: list[RaterLine]) -> list[list[Any]]:
    return [
        [
            each.name,
            each.effect.evaluations,
            *(None if value is None else round(value, 2) for value in
              (each.effect.points, each.effect.low, each.effect.high)),
            each.effect.silent,
            each.effect.disputed,
            each.effect.changed,
        ]
        for each in lines
    ]  # fmt: skip


ITEM_COLUMNS = ("form", "item", "evaluations", "points", "low", "high")


def item_rows(items: list[FitItem]) -> list[list[Any]]:
    return [
        [each.form, each.item, each.evaluations,
         *(None if value is None else round(value, 2) for value in (each.points, each.low, each.high))]
        for each in items
    ]  # fmt: skip


@dataclass(frozen=True)
class Adjusted:
    """An agent's own score with evaluators' leniency taken out, or why there is none."""

    effect: AgentEffect | None
    fit: RaterFit | None

    @property
    def told(self) -> bool:
        return self.effect is not None and self.effect.adjusted is not None

    @property
    def sentence(self) -> str:
        return words.adjusted_words(self.effect, fitted=self.fit is not None)


def adjusted_of(actor: Actor) -> Adjusted:
    """Of the newest fit."""
    fit = newest_fit()
    if fit is None:
        return Adjusted(None, None)
    return Adjusted(visible_agent_effects(actor).filter(fit=fit, agent__user=actor.user_id).first(), fit)


def raters_url(_fit: int) -> str:
    return reverse("quality:raters")


def plain_raters(actor: Actor) -> list[dict[str, Any]]:
    """For programs, of the newest fit."""
    fit = newest_fit()
    rows = visible_rater_effects(actor).filter(fit=fit).order_by("evaluator__name", "pk") if fit else []
    return [
        {
            "evaluator_id": each.evaluator_id,
            "evaluations": each.evaluations,
            "points": each.points,
            "low": each.low,
            "high": each.high,
            "silent": each.silent,
            "fitted_at": fit.fitted_at if fit else None,
        }
        for each in rows
    ]


def plain_adjusted(actor: Actor) -> dict[str, Any]:
    found = adjusted_of(actor)
    effect = found.effect
    return {
        "adjusted": effect.adjusted if effect else None,
        "low": effect.low if effect else None,
        "high": effect.high if effect else None,
        "raw": effect.raw if effect else None,
        "evaluations": effect.evaluations if effect else 0,
        "sentence": found.sentence,
    }
