"""What a group does together: begun, its tips brought into the hub, one's own change taken to a one-to-one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.views.groups import shown
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.pages import Request, page


@page(P.LEAD_GROUPS, methods=("POST",))
def begin(request: Request, group_id: int) -> HttpResponse:
    """Begin what the group does; its lead goes on where it is led."""
    activity_id = services.begin_activity(group_id=group_id, by=request.actor, at=request.at)
    return redirect("learning:activity", activity_id)


@page(P.LEAD_GROUPS, methods=("POST",))
def share_tip(request: Request, group_id: int, tip_id: int) -> HttpResponse:
    """One tip into the hub, with credit."""
    queries.the_group(request.actor, group_id)
    form = forms.ShareTipForm(request.POST, audiences=queries.wider_audiences(request.actor))
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    said = {"group_id": group_id, "tip_id": tip_id, "to": form.cleaned_data["to"]}
    try:
        services.share_tip(**said, by=request.actor, at=request.at)
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It stands in the hub, with credit to whose tip it is."))
    return redirect("coaching:group", group_id)


@page(P.SEE_GROUPS, methods=("POST",))
def to_agenda(request: Request, group_id: int) -> HttpResponse:
    """What I change in my pitch becomes a point of my next one-to-one, because I want it to."""
    found = queries.group_activity(request.actor, queries.the_group(request.actor, group_id), request.at)
    if found is None or not found.change or found.talk is None:
        raise NotFound
    form = forms.ChangeToAgendaForm(request.POST)
    if form.is_valid():
        try:
            services.add_item(talk_id=found.talk.talk.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("It is on the agenda."))
            return redirect("coaching:talk", found.talk.talk.pk)
    return shown(request, group_id, 422, change_form=form)
