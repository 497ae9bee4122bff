"""The survival ranking on the page of its activity: ranking alone, in a small group, and what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from floorwalker.apps.learning import activity_words as words
from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.views.activities import PARTS, done
from floorwalker.kernel.errors import Invalid
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page


def part(request: Request, found: queries.ActivityPage) -> dict[str, Any]:
    seen = queries.survival_page(request.actor, found)
    compared = seen.compared
    columns = _columns(compared) if compared else []
    labels = [_("%(who)s:") % {"who": each.label} for each in columns[1:]]
    return {
        "survival": seen,
        "compared": compared,
        "rank_columns": columns,
        "reasoned": compared is not None and any(line.said for line in compared.lines),
        "lines": [(line, list(zip(labels, line.places, strict=True))) for line in compared.lines]
        if compared
        else [],
        "sentences": words.compared_words(compared) if compared else [],
    }


def _columns(found: queries.Compared) -> list[Column]:
    """One's own ranking, that of each small group, the expert's where there is one."""
    shown = [Column("item", _("Item"))]
    if found.own_to_group is not None:
        shown.append(Column("own", _("You"), kind="number"))
    for number in found.numbers:
        label = _("Your group") if number == found.mine else _("Group %(n)d") % {"n": number}
        shown.append(Column(f"group-{number}", label, kind="number"))
    if found.source:
        shown.append(Column("expert", _("Expert"), kind="number"))
    return shown


PARTS["survival"] = ("learning/_survival.html", part)


@page(P.TAKE_PART, methods=("POST",))
def rank(request: Request, activity_id: int) -> HttpResponse:
    """Move an item of one's own ranking, or say why it stands there."""
    sent = request.POST
    reason = sent.get("reason")
    return done(
        request,
        activity_id,
        lambda: services.rank_item(
            activity_id=activity_id,
            item=sent.get("item", ""),
            to=place_sent(sent.get("to"), None if reason is not None else 0),
            reason=reason,
            named=bool(sent.get("named")),
            by=request.actor,
            at=request.at,
        ),
    )


@page(P.TAKE_PART, methods=("POST",))
def finish(request: Request, activity_id: int) -> HttpResponse:
    return done(
        request,
        activity_id,
        lambda: services.finish_ranking(activity_id=activity_id, by=request.actor, at=request.at),
        _("Kept. You can still change it until all of you go on."),
    )


@page(P.TAKE_PART, methods=("POST",))
def join(request: Request, activity_id: int) -> HttpResponse:
    return done(
        request,
        activity_id,
        lambda: services.join_split(activity_id=activity_id, by=request.actor, at=request.at),
    )


@page(P.TAKE_PART, methods=("POST",))
def move_for_group(request: Request, activity_id: int) -> HttpResponse:
    """Move an item for one's small group."""
    sent = request.POST
    return done(
        request,
        activity_id,
        lambda: services.move_for_group(
            activity_id=activity_id,
            item=sent.get("item", ""),
            to=place_sent(sent.get("to"), 0) or 0,
            version=place_sent(sent.get("version"), 0) or 0,
            by=request.actor,
            at=request.at,
        ),
    )


def place_sent(sent: str | None, otherwise: int | None) -> int | None:
    """A number somebody typed; a place that is none is said so."""
    text = (sent or "").strip()
    if not text and otherwise is None:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise Invalid(problem=_("A place is a number from 1 to 10."))
    return int(text)
