"""Pages of thanks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.recognition import forms, queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.taking import taken_along

SIDES = {
    "shown": gettext_lazy("All I may see"),
    "to_me": gettext_lazy("To you"),
    "by_me": gettext_lazy("From you"),
}
EXPORTED = ("at", "from", "to", "kind", "words", "visibility")


@page(P.THANK)
def thanks(request: Request) -> HttpResponse:
    """The quiet list, whom to thank and why, and the search for a colleague."""
    actor, search = request.actor, forms.SearchForm(request.GET or None)
    side = request.GET.get("side", "shown")
    if side not in SIDES:
        raise NotFound
    words = search.cleaned_data["q"].strip() if search.is_bound and search.is_valid() else ""
    wish = queries.my_wish(actor)
    context = {
        "found": queries.thanks_page(actor, side, **cursors(request.GET)),
        "side_tabs": [
            Tab(label, f"{reverse('recognition:thanks')}?side={key}", key == side) for key, label in SIDES.items()
        ],
        "search": search,
        "words": words,
        "colleagues": queries.found_by_name(actor, words),
        "suggestions": queries.suggestions(actor, request.at),
        "wish": forms.WishForm(initial={"widest": wish}) if wish else None,
        "me": actor.user_id,
    }
    return render(request, "recognition/thanks.html", context)


@page(P.THANK, methods=("GET", "POST"))
def say(request: Request) -> HttpResponse:
    """Thank one colleague: named in the address, or told by the form; with nothing more a thank you."""
    number = request.POST.get("colleague") or request.GET.get("colleague", "")
    if not number:
        return redirect("recognition:thanks")
    agent = queries.the_colleague(request.actor, number)
    given = {name: request.GET[name] for name in ("kind", "words") if name in request.GET}
    left = queries.my_kudos_left(request.actor, request.actor.today(request.at))
    initial = {**given, "colleague": agent.number}
    form = forms.ThankForm(request.POST or None, initial=initial, points_left=left)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        given.pop("colleague")
        try:
            services.thank(number=agent.number, **given, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s reads your thanks now.") % {"name": agent.name})
            return redirect("recognition:thanks")
    context = {"form": form, "agent": agent}
    return render(request, "recognition/say.html", context, status=422 if form.errors else 200)


@page(P.THANK, methods=("POST",))
def wish(request: Request) -> HttpResponse:
    form = forms.WishForm(request.POST)
    if form.is_valid():
        services.wish(**form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Kept. It holds for what was said before, too."))
    return redirect("recognition:thanks")


@page(P.THANK)
def export(request: Request) -> StreamingHttpResponse:
    return taken_along(request, "thanks.csv", EXPORTED, queries.exported(request.actor))
