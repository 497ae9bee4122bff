"""The manual: what is one's own to do first, then every page of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.pages import Request, own_page
from floorwalker.project.help.manual import pages, pages_for
from floorwalker.project.help.rendering import rendered

OPEN_TO_ALL = "The manual is the same for everybody who signed in; it shows nothing of anybody."


class NoSuchPage(NotFound):
    """The manual has no page of this name."""

    code = "no_such_help"
    text = _("The manual has no page called “{page}”. Help in the menu under your initials lists all there are.")


@own_page(OPEN_TO_ALL)
def index(request: Request) -> HttpResponse:
    """The page of one's first role, the way to those of others, and a list of all."""
    mine = pages_for(request.actor)
    first = mine[0] if mine else None
    every = list(pages().values())
    context = {
        "first": first,
        "made": rendered(first.key, 1) if first else None,
        "also": mine[1:],
        "rooms": [page for page in every if page.role is None],
        "roles": [page for page in every if page.role],
    }
    return render(request, "project/help.html", context)


@own_page(OPEN_TO_ALL)
def page(request: Request, manual_page: str) -> HttpResponse:
    """One page of the manual."""
    found = pages().get(manual_page)
    if found is None:
        raise NoSuchPage(page=manual_page)
    return render(request, "project/help_page.html", {"page": found, "made": rendered(found.key)})
