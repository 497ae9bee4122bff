"""Why a score is what it is: what anybody needs to work it out again, beside what it stands, and who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import quantiles
from typing import Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT
from floorwalker.apps.quality.rules import forms
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.kernel.look import Why, number_words
from floorwalker.kernel.roles import Scope

PEERS_SINCE = timedelta(days=365)
PEERS_READ, LEAST_PEERS, LEAST_AGENTS = 1000, 20, 5
NAMED = 12


def why_of(
    review: Review, content: forms.FormContent, answers: Mapping[str, str], *, own: bool, alone: bool, at: datetime
) -> Why:
    """Each item with its weight and the share it earned, and the sum: the score is that and nothing else."""
    found = forms.account(content, answers)
    excluded = [
        _("%(item)s: controlled by %(who)s, so it does not count for the agent")
        % {"item": item.text, "who": words.controller(item.controlled_by)}
        for item in content.items()
        if item.controlled_by != forms.AGENT
    ]
    return Why(
        formula=_formula(content, found),
        inputs=_inputs(content, answers, found),
        exclusions=[*excluded, _("Items that do not apply, or were not asked, weigh nothing.")],
        notes=[
            _("It is one contact and one evaluator: the next may come out otherwise."),
            _spread(review, at),
            _seers(review, own),
            _("Doubt it? The agent may dispute it for ten days; nobody but the evaluator can answer here.")
            if alone
            else _("Doubt it? The agent may dispute it for ten days; somebody else answers."),
        ],
        fresh=review.scored_at,
    )


def _formula(content: forms.FormContent, found: forms.Account | None) -> str:
    if found is None:
        return _("Nothing the agent controls applied in this contact, so it is the score of all points.")
    if found.failed:
        names = ", ".join(f"“{item.text}”" for key in found.failed if (item := content.item(key)))
        said = _("A critical item failed (%(items)s), so the score is 0, whatever else was done.")
        return said % {"items": names}
    return _(
        "What the agent controls: each item's weight times the share its answer earns, in hundredths of all the "
        "weights that applied."
    )


def _inputs(
    content: forms.FormContent, answers: Mapping[str, str], found: forms.Account | None
) -> list[tuple[Any, Any]]:
    """The lines of the sum and their result; every number as exact as the form has it."""
    if found is None:
        everything = forms.score(content, answers).all_points or 0.0
        return [(_("All points"), number_words(everything, digits=2))]
    lines: list[tuple[Any, Any]] = [
        (
            part.item.text,
            _("%(answer)s: weight %(weight)s × %(share)s %% = %(earned)s")
            % {
                "answer": words.answer_name(part.value),
                "weight": exact_words(part.weight),
                "share": exact_words(100 * part.share),
                "earned": exact_words(part.earned),
            },
        )
        for part in found.parts
    ]
    sums = {"earned": exact_words(found.earned), "weight": exact_words(found.weight)}
    points = 100 * found.earned / found.weight
    result = number_words(points, digits=0 if points == int(points) else 2)
    lines.append((_("Together"), _("100 × %(earned)s / %(weight)s = %(n)s") % (sums | {"n": result})))
    if found.failed:
        lines.append((_("Because of the critical item"), "0"))
    return lines


def exact_words(value: Decimal) -> str:
    """A number with all its decimals, by the reader's locale."""
    plain = value.normalize()
    decimals = max(0, -int(plain.as_tuple().exponent))
    return str(number_format(plain, decimal_pos=decimals, use_l10n=True))


def _spread(review: Review, at: datetime) -> str:
    """Between what scores by the same form the middle half lies; silent where it could be somebody's."""
    rows = Review.objects.filter(
        form_version__form=review.form_version.form_id, state__in=SHOWN_TO_AGENT, score__isnull=False,
        why__in=[rules.SAMPLE, rules.CHECK_ME], released_at__gte=at - PEERS_SINCE,
    ).order_by("-released_at", "-pk")  # fmt: skip
    found = list(rows.values_list("agent", "score")[:PEERS_READ])
    if len(found) < LEAST_PEERS or len({agent for agent, _score in found}) < LEAST_AGENTS:
        return _("Too few evaluations by this form to say where others lie.")
    low, middle, high = quantiles([score for _agent, score in found], n=4, method="inclusive")
    return _(
        "By this form half of the last %(n)s scores of everybody lie between %(low)s and %(high)s, the middle at "
        "%(middle)s."
    ) % {
        "n": number_words(len(found)),
        "low": number_words(low, digits=0),
        "high": number_words(high, digits=0),
        "middle": number_words(middle, digits=0),
    }


def _seers(review: Review, own: bool) -> str:
    """Who may open this score: to its agent by name, to others by what they are."""
    if not own:
        return _("Its agent sees it, and those who lead or judge the agent; managers see sums.")
    team = review.agent.team
    where = Q(scope=Scope.ALL) | Q(scope=Scope.SITE, scope_id=team.site_id) | Q(scope=Scope.TEAM, scope_id=team.pk)
    held = RoleHeld.objects.filter(where, role__in=P.SEE_REVIEWS.value.held, user__is_active=True)
    rows = held.exclude(user=review.agent.user_id).order_by("user__name").values_list("user__name", flat=True)
    names = list(dict.fromkeys(rows))
    said = ", ".join(names[:NAMED]) + (_(" and %(n)s more") % {"n": len(names) - NAMED} if names[NAMED:] else "")
    return _("You see it, and who leads or judges you: %(names)s. Managers see sums.") % {"names": said or "–"}
