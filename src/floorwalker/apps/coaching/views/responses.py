"""Same behaviour, same response: differences as questions, nobody's words, no agent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import queries, words
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import responses as rules
from floorwalker.kernel.look import Chart, Column, Series
from floorwalker.kernel.pages import Request, page

COLUMNS = [
    Column("who", gettext_lazy("Who answered")),
    Column("answers", gettext_lazy("Answers"), kind="number"),
    Column("first", gettext_lazy("1st step"), kind="number"),
    Column("second", gettext_lazy("2nd step"), kind="number"),
    Column("third", gettext_lazy("3rd step"), kind="number"),
    Column("usual", gettext_lazy("The step it asks for")),
    Column("firmer", gettext_lazy("Firmer")),
    Column("milder", gettext_lazy("Milder")),
]


@page(P.SEE_RESPONSES)
def responses(request: Request) -> HttpResponse:
    """Each behaviour with the steps it got."""
    found = queries.responses(request.actor, request.at)
    questions = [
        words.question_words(part.behaviour.name, line.name, line.difference)
        for part in found
        for line in part.lines
        if line.difference
    ]
    context = {
        "parts": [
            {
                "behaviour": part.behaviour,
                "rows": [words.response_row(line.name, line.given) for line in part.lines]
                + ([words.response_row(_("all others"), part.rest)] if part.rest else []),
                "chart": _chart(part),
                "silent": part.silent,
            }
            for part in found
        ],
        "questions": questions,
        "compared": sum(len(part.lines) + bool(part.rest) > 1 for part in found),
        "compares": request.actor.may(P.COMPARE_RESPONSES),
        "columns": COLUMNS,
        "least": rules.LEAST_ANSWERS,
        "least_agents": rules.LEAST_AGENTS,
    }
    return render(request, "coaching/responses.html", context)


def _chart(part: queries.BehaviourPart) -> Chart | None:
    """The share of answers that were the step asked for, with how sure it is."""
    shown = [(line.name, line.given) for line in part.lines]
    shown += [(_("all others"), part.rest)] if part.rest else []
    if len(shown) < 2:
        return None
    edges = [given.interval(rules.USUAL) for _name, given in shown]
    return Chart(
        key=f"behaviour-{part.behaviour.pk}",
        title=_("How often the step it asks for"),
        sentence=_("The share of answers that were the step their number asks for, with the range it likely has."),
        points=[name for name, _given in shown],
        series=[
            Series(
                _("The step it asks for"),
                [100 * given.share(rules.USUAL) for _name, given in shown],
                role="interval",
                low=[100 * low for low, _high in edges],
                high=[100 * high for _low, high in edges],
            )
        ],
        unit="%",
        digits=0,
    )
