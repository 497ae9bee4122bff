"""What talks and thanks changed: what could be shown at all first, then what was; nobody by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import queries, services, words
from floorwalker.apps.coaching.models import Effect
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.performance import queries as performance
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import Chart, Column, Series, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

LINE_COLUMNS = [
    Column("measure", gettext_lazy("Measure")),
    Column("power", gettext_lazy("What it could show")),
    Column("verdict", gettext_lazy("What it showed")),
    Column("change", gettext_lazy("Beside comparable people")),
    Column("basis", gettext_lazy("Compared")),
]
NEED_COLUMNS = [
    Column("event", gettext_lazy("After")),
    Column("measure", gettext_lazy("Measure")),
    Column("needed", gettext_lazy("What it would take")),
]
VERSION_COLUMNS = [
    Column("at", gettext_lazy("Asked for")),
    Column("by", gettext_lazy("By")),
    Column("weeks", gettext_lazy("Weeks compared")),
    Column("standing", gettext_lazy("What it says")),
]


@dataclass(frozen=True)
class Shown:
    """One comparison in sentences."""

    event: str
    measure: str
    power: str
    word: str
    tone: str
    change: str
    basis: str


@dataclass(frozen=True)
class Part:
    """What is told of one kind of event."""

    key: str
    title: str
    chart: Chart | None
    lines: list[Shown]


@page(P.SEE_EFFECTS)
def effects(request: Request) -> HttpResponse:
    """The newest measurement of a place."""
    site_id = _site(request)
    found = page_of(queries.effects_of(request.actor, site_id), ("-ordered_at", "-pk"), **cursors(request.GET))
    newest = queries.effects_of(request.actor, site_id)
    shown = newest.filter(measured_at__isnull=False).first() or newest.first()
    going = newest.first()
    job = queries.job_of(going) if going is not None and going != shown else None
    return _shown(request, shown, site_id, {"found": found, "job": job} if job else {"found": found})


@page(P.SEE_EFFECTS)
def effect(request: Request, effect_id: int) -> HttpResponse:
    """One measurement, as it was made."""
    found = queries.the_effect(request.actor, effect_id)
    return _shown(request, found, found.site_id, {"version": True})


@page(P.MEASURE_EFFECTS, methods=("POST",))
def measure(request: Request) -> HttpResponse:
    """Have it measured now."""
    given = request.POST.get("site", "")
    site_id = int(given) if given.isdecimal() else None
    try:
        made = services.measure_effects(site_id=site_id, by=request.actor, at=request.at)
    except (services.NothingToMeasure, services.BeingMeasured) as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(site_id))
    return redirect("coaching:effect", made.pk)


def _site(request: Request) -> int | None:
    """The place asked for; without one the whole house, or the only site in sight."""
    sites = {each.pk for each in queries.places(request.actor)}
    given = request.GET.get("site", "")
    if given.isdecimal():
        if int(given) not in sites:
            raise NotFound
        return int(given)
    return sites.pop() if len(sites) == 1 else None


def _address(site_id: int | None) -> str:
    return f"{reverse('coaching:effects')}?site={site_id}" if site_id else reverse("coaching:effects")


def _shown(request: Request, found: Effect | None, site_id: int | None, more: dict[str, Any]) -> HttpResponse:
    actor, names = request.actor, performance.measure_names()
    sites = queries.places(actor)
    tabs = [Tab(_("Whole house"), reverse("coaching:effects"), site_id is None)] if len(sites) > 1 else []
    tabs += [Tab(each.name, _address(each.pk), each.pk == site_id) for each in sites if len(sites) > 1]
    lines = found.lines if found else []
    told = [line for line in lines if line["change"] is not None]
    silent = sorted(
        (line for line in lines if line["change"] is None),
        key=lambda line: (line["needed"] / max(line["people"], 0.1), line["event"]),
    )
    reach = actor.sight(P.MEASURE_EFFECTS)
    context = {
        "effect": found,
        "site_id": site_id,
        "tabs": tabs,
        "state": words.standing_words(lines, names) if found and found.measured_at else "",
        "parts": _parts(told, names),
        "by_chance": words.chance_words(len(told)) if told else "",
        "silent": _needs(silent, names),
        "job": queries.job_of(found) if found else None,
        "may_measure": actor.may(P.MEASURE_EFFECTS) and (site_id is not None or reach.everything),
        "line_columns": LINE_COLUMNS,
        "need_columns": NEED_COLUMNS,
        "version_columns": VERSION_COLUMNS,
        "versions": [(each, words.standing_words(each.lines, names)) for each in more["found"].items]
        if "found" in more
        else [],
    }
    return render(request, "coaching/effects.html", context | more)


def _needs(lines: list[words.Line], names: dict[str, str]) -> list[dict[str, str]]:
    """What it would take, measures that take the same together; the nearest first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        said = (str(words.EVENT_WORDS[line["event"]]), words.needed_words(line), words.power_words(line))
        found.setdefault(said, []).append(names[line["measure"]])
    return [
        {"event": event, "measure": ", ".join(measures), "needed": needed, "power": power}
        for (event, needed, power), measures in found.items()
    ]


def _line(line: words.Line, names: dict[str, str]) -> Shown:
    word, tone = words.verdict(line)
    silent = line["change"] is None
    return Shown(
        event=str(words.EVENT_WORDS[line["event"]]),
        measure=names[line["measure"]],
        power=words.power_words(line),
        word=word,
        tone=tone,
        change="" if silent else words.change_words(line),
        basis=words.basis_words(line),
    )


def _parts(told: list[words.Line], names: dict[str, str]) -> list[Part]:
    found: dict[str, list[words.Line]] = {}
    for line in told:
        found.setdefault(line["event"], []).append(line)
    return [
        Part(
            event,
            str(words.EVENT_WORDS[event]),
            _chart(event, lines, names),
            [_line(each, names) for each in lines],
        )
        for event, lines in found.items()
    ]


def _chart(event: str, lines: list[words.Line], names: dict[str, str]) -> Chart:
    """Measures differ in what they count, so each change stands as a multiple of one worth speaking of."""

    def times(name: str) -> list[float | None]:
        return [
            (1 if performance.better_is_more(line["measure"]) else -1) * line[name] / line["worth"]
            for line in lines
        ]

    low, high = times("low"), times("high")
    edges = [sorted((a, b)) for a, b in zip(low, high, strict=True) if a is not None and b is not None]
    return Chart(
        key=f"effect-{event}",
        title=_("How much got better, and how sure that is"),
        sentence=_(
            "1 is the smallest change worth speaking of; above 0 is better, and a range across 0 shows no change."
        ),
        points=[names[line["measure"]] for line in lines],
        series=[
            Series(
                _("Change"),
                times("change"),
                role="interval",
                low=[each[0] for each in edges],
                high=[each[1] for each in edges],
            )
        ],
        digits=1,
    )
