"""Doors: every page says which permission opens it, or why it is open to all; a test walks every address."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from floorwalker.kernel.access import Actor, Permission, require
from floorwalker.kernel.errors import NotSignedIn


class Request(HttpRequest):
    """A request as our views get it: who asks, and when."""

    actor: Actor
    at: datetime


@dataclass(frozen=True)
class Door:
    """How an address is guarded."""

    permissions: tuple[Permission, ...] = ()
    public: str = ""  # why it needs no sign-in
    own: str = ""  # why being signed in is enough
    methods: tuple[str, ...] = ("GET",)


View = Callable[..., HttpResponse]


def page(*permissions: Permission, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page that any of these permissions opens. Reading by GET; a page that changes something names POST too."""
    return _guarded(Door(permissions=permissions, methods=tuple(methods)))


def public_page(why: str, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page without sign-in, with the reason."""
    return _guarded(Door(public=why, methods=tuple(methods)))


def own_page(why: str, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """A page about the signed-in person themselves, with the reason no permission is needed."""
    return _guarded(Door(own=why, methods=tuple(methods)))


def _guarded(door: Door) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            allowed = (*door.methods, "HEAD") if "GET" in door.methods else door.methods
            if not door.public and not request.actor.signed_in:
                raise NotSignedIn
            if door.permissions:
                require(request.actor, *door.permissions)
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            request.at = timezone.now()
            return view(request, *args, **kwargs)

        guarded.door = door  # type: ignore[attr-defined]
        return guarded

    return decorate


@dataclass(frozen=True)
class Place:
    """One entry of the menu; shown to whom any of its permissions is held by."""

    key: str
    label: Any
    url: str
    icon: str
    permissions: tuple[Permission, ...] = ()
    also: tuple[str, ...] = ()  # beginnings of paths that lie in it, though not below its own
    current: bool = False
    count: int = 0


@dataclass
class Shell:
    """What surrounds every page."""

    signed_in: bool = False
    places: list[Place] = field(default_factory=list)
    bar: list[Place] = field(default_factory=list)  # the same in the order of a phone's bar
    person: dict[str, str] = field(default_factory=dict)
    notices: dict[str, Any] = field(default_factory=dict)
    promises: dict[str, Any] = field(default_factory=dict)
    zone: str = "UTC"
    theme: str = "auto"
    search_url: str = ""
    say_url: str = ""  # where anybody says something to whoever answers
    thanks_url: str = ""
    help_url: str = ""  # the page of the manual about where one stands
    account_url: str = ""
    preferences_url: str = ""
    theme_url: str = ""
    sign_out_url: str = ""
