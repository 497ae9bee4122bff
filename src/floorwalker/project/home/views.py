"""The first page, the five steps, the search."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries as accounts
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.kernel.access import refuse
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.once import one_reading
from floorwalker.kernel.pages import Request, own_page, page, public_page
from floorwalker.project.home import compose, finding, founding, start
from floorwalker.project.sample import progress


@public_page("Whoever comes here first is told what this is and where to sign in; it shows nothing of anybody.")
def home(request: Request) -> HttpResponse:
    """The first page of a person; for strangers, what this is."""
    if not request.actor.signed_in:
        sample = progress.read()
        context = {"sample": sample, "empty": sample is None and not accounts.has_users()}
        return render(request, "project/welcome.html", context)
    if request.sent_to:  # type: ignore[attr-defined]
        return redirect(request.sent_to)  # type: ignore[attr-defined]
    with one_reading():
        found = compose.home_of(request.actor, request.at)
        context = {"home": found, "sample": progress.read()}
        return render(request, "project/home.html", context)


@page(*start.SEEN_WITH, PeoplePermission.KEEP_ORGANISATION)
def steps(request: Request) -> HttpResponse:
    """From an empty suite to a published week."""
    return render(request, "project/start.html", {"steps": start.steps(request.actor, request.at)})


@page(PeoplePermission.KEEP_ORGANISATION, methods=("GET", "POST"))
def centre(request: Request) -> HttpResponse:
    """Create the centre: its first site, and whom it answers for."""
    if not start.may_found(request.actor):
        refuse(request.actor)
    form = founding.CentreForm(request.POST or None)
    if form.is_valid():
        try:
            site = founding.found_centre(**form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("%(name)s is there. Now its people.") % {"name": site.name})
            return redirect("home:start")
    return render(request, "project/centre.html", {"form": form}, status=422 if form.errors else 200)


@own_page("Everybody may look for what they may see; nothing else is looked at.")
def search(request: Request) -> HttpResponse:
    """What was found, on a page of its own or below the field one types in."""
    text = request.GET.get("q", "")
    groups = finding.find(request.actor, text, request.at)
    context = {"groups": groups, "search_words": text, "count": sum(len(group.hits) for group in groups)}
    below = request.headers.get("HX-Request") and request.GET.get("q") is not None
    return render(request, "project/found.html" if below else "project/search.html", context)
