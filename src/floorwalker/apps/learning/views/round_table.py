"""The round table on the page of its activity: tips as they come, consent, and who will try which."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.forms.round_table import TipForm
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.apps.learning.views.activities import PARTS, done, show
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.pages import Request, page


def part(request: Request, found: queries.ActivityPage) -> dict[str, Any]:
    table = queries.table_of(request.actor, found.activity, takes_part=found.part is not None)
    return {"table": table, "tip_form": TipForm(topics=table.topics)}


PARTS[rules.KIND] = ("learning/_round_table.html", part)


@page(P.TAKE_PART, methods=("POST",))
def write_tip(request: Request, activity_id: int) -> HttpResponse:
    """Say one; what was typed is not lost when the table has gone on meanwhile."""
    queries.the_activity(request.actor, activity_id)
    form = TipForm(request.POST, topics=queries.topics_of(request.actor, activity_id))
    if form.is_valid():
        try:
            services.write_tip(activity_id=activity_id, **form.said(), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, activity_id, lambda: None)
    return show(request, activity_id, status=422, tip_form=form, unsaid=request.POST.get("text", ""))


@page(P.TAKE_PART, methods=("POST",))
def take_tip_back(request: Request, tip_id: int) -> HttpResponse:
    tip = queries.the_tip(request.actor, tip_id)
    return done(
        request,
        tip.activity_id,
        lambda: services.take_tip_back(tip_id=tip_id, by=request.actor, at=request.at),
        _("Your tip is off the table."),
    )


@page(P.TAKE_PART, methods=("POST",))
def consent_to_share(request: Request, tip_id: int) -> HttpResponse:
    """Whether it may leave the table with my name."""
    tip, yes = queries.the_tip(request.actor, tip_id), request.POST.get("yes") == "1"
    return done(
        request,
        tip.activity_id,
        lambda: services.consent_to_share(tip_id=tip_id, yes=yes, by=request.actor, at=request.at),
    )


@page(P.TAKE_PART, methods=("POST",))
def try_tip(request: Request, tip_id: int) -> HttpResponse:
    """I will try it, or not after all."""
    tip, yes = queries.the_tip(request.actor, tip_id), request.POST.get("yes") == "1"
    return done(
        request,
        tip.activity_id,
        lambda: services.try_tip(tip_id=tip_id, yes=yes, by=request.actor, at=request.at),
    )
