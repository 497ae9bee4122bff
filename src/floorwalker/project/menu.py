"""What surrounds every page: the places open to somebody, their notices and promises, the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from floorwalker.apps.hub.permissions import HubPermission
from floorwalker.apps.promises import queries as promises
from floorwalker.apps.recognition.permissions import RecognitionPermission
from floorwalker.kernel.access import NOBODY, Actor
from floorwalker.kernel.notices import reading
from floorwalker.kernel.pages import Place, Shell
from floorwalker.kernel.roles import Role
from floorwalker.project.found_by_name import PAGES
from floorwalker.project.help.rooms import help_about
from floorwalker.project.signposts import ON_A_PHONE, PLACES


@cache
def address(name: str) -> str:
    """Where a page lies; asked about forty of them on every page, and none of them moves."""
    return reverse(name)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what surrounds a page, made only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell(request))}


def shell(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.signed_in:
        return Shell()
    found = places(actor, request.path)
    return Shell(
        signed_in=True,
        places=found,
        bar=bar(actor, found),
        person={"name": actor.name, "initials": initials(actor.name), "role_line": role_line(actor)},
        notices={"unread": reading.unread(actor), "url": address("kernel:notices")},
        promises={**promises.open_counts(actor), "url": address("promises:promises")},
        zone=actor.zone,
        theme=getattr(request.user, "theme", "auto"),
        search_url=address("home:search"),
        thanks_url=address("recognition:thanks") if actor.may(RecognitionPermission.THANK) else "",
        say_url=address("hub:say") if actor.may(HubPermission.SAY) else "",
        help_url=help_about(request.path),
        account_url=address("accounts:mine"),
        preferences_url=address("accounts:mine"),
        theme_url=address("accounts:theme"),
        sign_out_url=address("account_logout"),
    )


def places(actor: Actor, path: str) -> list[Place]:
    """The places this actor may enter and has a use for, in the order of the loop, the one they are in marked."""
    here = place_of(path)
    return [
        replace(each.place, url=address(each.place.url), current=each.place.key == here)
        for each in PLACES
        if each.open_to(actor)
    ]


def place_of(path: str) -> str:
    """The key of the place a path lies in; the first page is no place above the others."""
    begun = [(url, each.place.key) for each in PLACES for url in (address(each.place.url), *each.place.also)]
    within = [(len(url), key) for url, key in begun if (path == url if url == "/" else path.startswith(url))]
    return max(within, default=(0, ""))[1]


def bar(actor: Actor, found: list[Place]) -> list[Place]:
    """The same places as a phone shows them: the four most used by the roles held come first."""
    wanted = [key for role, keys in ON_A_PHONE.items() if actor.has_role(role) for key in keys]
    order = {key: place for place, key in enumerate(dict.fromkeys(["home", *wanted]))}
    return sorted(found, key=lambda place: order.get(place.key, len(order)))


def pages(actor: Actor) -> Iterator[Place]:
    """Every page that can be found by its name: the places, and those within them."""
    yield from places(actor, "")
    for page in PAGES:
        if not page.permissions or actor.may(*page.permissions):
            yield replace(page, url=address(page.url))


def role_line(actor: Actor) -> str:
    """The roles a person holds, as they are called."""
    return ", ".join(dict.fromkeys(str(Role(held.role).label) for held in actor.held))


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
