"""An agent's own reviews: how scores went, and where their own view differs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.quality.models import Answer, Conversation, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.conversations import visible_conversations
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT, visible_reviews
from floorwalker.apps.quality.queries.targets import target_on, targets_of
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Chart, Series, day_words, number_words

SHOWN = 24
FOR_GAPS = timedelta(days=180)
FEWEST_FOR_GAP = 3
LINES_AT_MOST = 4


@dataclass(frozen=True)
class Gap:
    """One item: what the agent gives themselves, what evaluators give, and how often both did."""

    text: str
    own: float
    judged: float
    over_time: list[tuple[datetime, float]]  # contact by contact, the earliest first: own view minus evaluation

    @property
    def number(self) -> int:
        return len(self.over_time)

    @property
    def points(self) -> float:
        return self.own - self.judged

    @property
    def sentence(self) -> str:
        if abs(self.points) < 10:
            return _("You and your evaluators see it alike.")
        if self.points > 0:
            return _("You see it better than your evaluators; look at one together.")
        return _("You are harder on yourself than your evaluators are.")

    @property
    def trend(self) -> rules.Trend | None:
        return rules.trend([points for _, points in self.over_time])

    @property
    def trend_words(self) -> str:
        """How it has changed, where that can be told."""
        found = self.trend
        if found is None:
            return _("From six contacts on you see here how it changes.")
        values = {"before": number_words(found.before, digits=0), "lately": number_words(found.lately, digits=0)}
        if not found.told:
            return (
                _("First %(before)s, lately %(lately)s points: no change that can be told from chance.") % values
            )
        if found.closer:
            return _("First %(before)s, lately %(lately)s points: you are closer now.") % values
        return _("First %(before)s, lately %(lately)s points: you are further apart now.") % values


@dataclass(frozen=True)
class MyReviews:
    """What an agent sees of their own reviews."""

    to_evaluate: list[Review]
    to_read: list[Review]
    shown: list[Review]  # the newest first
    number: int
    mean: float | None
    chart: Chart | None
    gaps: list[Gap]
    gap_chart: Chart | None
    item_chart: Chart | None
    agreed: list[int] = field(default_factory=list)  # average scores agreed with the clients of these contacts


def my_reviews(actor: Actor, at: datetime) -> MyReviews:
    """Own reviews only; nobody else's score is beside them."""
    mine = visible_reviews(actor, P.ANSWER).filter(agent__user=actor.user_id)
    rows = mine.select_related("conversation", "evaluator", "form_version__form").defer("conversation__turns")
    to_evaluate = asked_of(actor, at)
    shown = list(rows.filter(state__in=SHOWN_TO_AGENT).order_by("-released_at", "-pk")[:SHOWN])
    scores = [each.score for each in shown if each.score is not None]
    gaps = _gaps(actor, at)
    known = targets_of(each.conversation.client_id for each in shown if each.conversation.client_id)
    agreed = {target_on(known, client, at.date()) for client in known} - {None}
    return MyReviews(
        to_evaluate=to_evaluate,
        to_read=[each for each in shown if each.state in ("released", "decided") and not each.acknowledged_at],
        shown=shown,
        number=mine.filter(state__in=SHOWN_TO_AGENT).count(),
        mean=fmean(scores) if scores else None,
        chart=_chart(shown) if len(scores) > 1 else None,
        gaps=gaps,
        gap_chart=_gap_chart(shown),
        item_chart=_item_chart(gaps),
        agreed=sorted(each for each in agreed if each is not None),
    )


def asked_of(actor: Actor, at: datetime) -> list[Review]:
    """Own contacts one may still say one's view of, the earliest day first."""
    mine = visible_reviews(actor, P.ANSWER).filter(agent__user=actor.user_id)
    rows = mine.filter(state__in=[rules.DRAWN, rules.SCORED], self_handed_in_at=None)
    rows = rows.select_related("conversation").defer("conversation__turns")
    return [
        each
        for each in rows.order_by("self_due", "pk")[:20]
        if rules.self_evaluation_open(state=each.state, self_due=each.self_due, answered=False, at=at)
    ]


def unread_of(actor: Actor) -> list[Review]:
    """Own reviews that are shown and not read yet."""
    mine = visible_reviews(actor, P.ANSWER).filter(agent__user=actor.user_id)
    rows = mine.filter(state__in=["released", "decided"], acknowledged_at=None)
    return list(rows.select_related("conversation").defer("conversation__turns").order_by("-released_at")[:20])


def _chart(shown: list[Review]) -> Chart:
    rows = [each for each in reversed(shown) if each.score is not None]
    last = rows[-1].score or 0.0
    before = fmean(each.score or 0.0 for each in rows[:-1])
    return Chart(
        key="my-scores",
        title=_("Your scores, contact by contact"),
        sentence=_(
            "The last is %(last)s; the ones before came to %(mean)s on average. One score alone says little."
        )
        % {"last": number_words(last, digits=0), "mean": number_words(before, digits=0)},
        points=_days(rows),
        unit=_("points of 100"),
        series=[
            Series(_("Evaluated"), [each.score for each in rows]),
            Series(_("Your own view"), [each.self_score for each in rows], role="plain"),
        ],
    )


def _gap_chart(shown: list[Review]) -> Chart | None:
    """How far one's own view lay above the evaluation, over time."""
    rows = [each for each in reversed(shown) if each.score is not None and each.self_score is not None]
    if len(rows) < FEWEST_FOR_GAP:
        return None
    gaps = [rules.perception_gap(each.self_score, each.score) for each in rows]
    last = gaps[-1] or 0.0
    if abs(last) < 1:
        sentence = _("Last time you saw it as your evaluator did.")
    elif last > 0:
        sentence = _("Last time you saw it %(n)s points better.") % {"n": number_words(last, digits=0)}
    else:
        sentence = _("Last time you saw it %(n)s points worse.") % {"n": number_words(-last, digits=0)}
    return Chart(
        key="my-gaps",
        title=_("Your own view against the evaluation"),
        sentence=sentence,
        points=_days(rows),
        unit=_("points"),
        series=[Series(_("Your view minus the evaluation"), gaps, role="bar")],
    )


def _item_chart(gaps: list[Gap]) -> Chart | None:
    """How far one's own view lay above the evaluation, item by item: means of three contacts in a row."""
    lines = [each for each in gaps if each.trend is not None][:LINES_AT_MOST]
    if not lines:
        return None
    moments = sorted({at for each in lines for at, _ in each.over_time})
    series = []
    for each in lines:
        last: dict[datetime, float] = {}
        for place in range(FEWEST_FOR_GAP - 1, each.number):
            together = each.over_time[place - FEWEST_FOR_GAP + 1 : place + 1]
            last[together[-1][0]] = fmean(points for _, points in together)
        series.append(Series(each.text, [last.get(at) for at in moments]))
    return Chart(
        key="my-item-gaps",
        title=_("Your own view against the evaluation, item by item"),
        sentence=f"{lines[0].text}: {lines[0].trend_words}",
        points=moments,
        unit=_("points, mean of three contacts"),
        series=series,
    )


def _days(rows: list[Review]) -> list[str]:
    """Names of points: two contacts of a day are told apart."""
    seen: Counter[str] = Counter()
    names = []
    for each in rows:
        name = day_words(each.conversation.started_at)
        seen[name] += 1
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return names


def _gaps(actor: Actor, at: datetime) -> list[Gap]:
    """One's own."""
    reviews = visible_reviews(actor, P.ANSWER).filter(
        agent__user=actor.user_id,
        state__in=SHOWN_TO_AGENT,
        self_handed_in_at__isnull=False,
        released_at__gte=at - FOR_GAPS,
    )
    return gaps_in(reviews)


def gaps_in(reviews: QuerySet[Review]) -> list[Gap]:
    """By item, of contacts both have evaluated; the widest first."""
    rows = reviews.select_related("form_version", "conversation").defer("conversation__turns")
    forms, when = {}, {}
    for each in rows:
        forms[each.pk], when[each.pk] = each.form_version.words, each.conversation.started_at
    given: dict[tuple[int, str], dict[str, str]] = {}
    for review, key, side, value in Answer.objects.filter(review__in=forms).values_list(
        "review", "item_key", "side", "value"
    ):
        given.setdefault((review, key), {})[side] = value
    pairs: dict[str, list[tuple[datetime, float, float]]] = {}
    texts: dict[str, str] = {}
    for (review, key), sides in given.items():
        item = forms[review].item(key)
        judged = sides.get(Side.DECIDER) or sides.get(Side.EVALUATOR, "")
        if item is None:
            continue
        own_share, judged_share = item.share(sides.get(Side.AGENT, "")), item.share(judged)
        if own_share is not None and judged_share is not None:
            pairs.setdefault(key, []).append((when[review], 100 * own_share, 100 * judged_share))
            texts[key] = item.text
    gaps = [
        Gap(
            texts[key],
            fmean(own for _, own, _ in both),
            fmean(judged for _, _, judged in both),
            [(at, own - judged) for at, own, judged in sorted(both)],
        )
        for key, both in pairs.items()
        if len(both) >= FEWEST_FOR_GAP
    ]
    return sorted(gaps, key=lambda gap: (-abs(gap.points), gap.text))


def contacts_to_check(actor: Actor, limit: int = 20) -> list[Conversation]:
    """One's own newest contacts without a review, for “Check me”."""
    rows = visible_conversations(actor, P.ANSWER).filter(agent__user=actor.user_id, reviews__isnull=True)
    return list(rows.defer("turns").order_by("-started_at", "-pk")[:limit])


def has_own(actor: Actor) -> bool:
    """Whether there is anything of one's own here."""
    found: Any = visible_conversations(actor, P.ANSWER).filter(agent__user=actor.user_id)
    return bool(found.exists())
