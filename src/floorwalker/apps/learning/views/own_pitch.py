"""Would you sell to yourself? Its steps on the page of the activity, and what others have shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.forms.own_pitch import FORMS, WOULD_BUY, ShowForm
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import own_pitch as rules
from floorwalker.apps.learning.views.activities import PARTS, done, show
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

SPREAD_COLUMNS = [
    Column("when", gettext_lazy("Would you buy?")),
    *(Column(f"n{n}", label, kind="number") for n, label in WOULD_BUY),
]


def part(request: Request, found: queries.ActivityPage) -> dict[str, Any]:
    pitches = queries.pitches_of(
        request.actor, found.activity, takes_part=found.part is not None, leads=found.leads
    )
    mine = pitches.mine
    wanted = request.GET.get("step", "")
    step = wanted if pitches.may_change and wanted in pitches.done else pitches.step
    spread = pitches.spread
    return {
        "pitches": pitches,
        "step": step,
        "step_form": FORMS[step](initial=vars(mine) if mine else None) if step else None,
        "show_form": ShowForm(may_hide_name=pitches.may_hide_name, initial={"how": mine.shown}) if mine else None,
        "answers": dict(WOULD_BUY),
        "spread_columns": SPREAD_COLUMNS,
        "spread_rows": [(_("before"), spread.before), (_("after"), spread.after)] if spread else [],
        "smallest": rules.SMALLEST,
    }


PARTS[rules.KIND] = ("learning/_own_pitch.html", part)


@page(P.TAKE_PART, methods=("POST",))
def write_pitch_step(request: Request, activity_id: int, step: str) -> HttpResponse:
    """Keep one step of my own."""
    queries.the_activity(request.actor, activity_id)
    if step not in FORMS:
        raise NotFound
    form = FORMS[step](request.POST)
    if form.is_valid():
        said = {"activity_id": activity_id, "step": step, "answers": form.cleaned_data}
        try:
            services.write_pitch_step(**said, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, activity_id, lambda: None, _("Kept. Only you read it."))
    return show(request, activity_id, status=422, step=step, step_form=form)


@page(P.TAKE_PART, methods=("POST",))
def show_pitch(request: Request, activity_id: int) -> HttpResponse:
    """Show mine to the group, with or without my name, or to nobody after all. No word where it says how."""
    queries.the_activity(request.actor, activity_id)
    how = request.POST.get("how", "")
    return done(
        request,
        activity_id,
        lambda: services.show_pitch(activity_id=activity_id, how=how, by=request.actor, at=request.at),
    )
