"""The menu: every place of the suite in the order of the loop, shown to whom it opens for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.permissions import AccountPermission
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.offphone.permissions import OffPhonePermission
from floorwalker.apps.promises import queries as promises
from floorwalker.apps.promises.permissions import PromisePermission
from floorwalker.kernel.access import NOBODY, Actor
from floorwalker.kernel.audit import AuditPermission
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.notices import reading
from floorwalker.kernel.pages import Place, Shell

# key, label, name of the address, icon, permissions of which one must be held
PLACES: tuple[Place, ...] = (
    Place("demand", _("Demand"), "demand:queues", "chart-line", (DemandPermission.SEE_VOLUMES,)),
    Place("time", _("Time off the phones"), "offphone:time", "school", (OffPhonePermission.SEE,)),
    Place("promises", _("Promises"), "promises:promises", "heart-handshake", (PromisePermission.SEE,)),
    Place("users", _("Users"), "accounts:users", "users", (AccountPermission.SEE_USERS,)),
    Place("jobs", _("Background work"), "kernel:jobs", "activity", (JobPermission.SEE_MY,)),
    Place(
        "audit",
        _("Audit"),
        "kernel:audit",
        "history",
        (AuditPermission.READ_ALL, AuditPermission.READ_TECHNICAL),
    ),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what surrounds a page, made only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell(request))}


def shell(request: HttpRequest) -> Shell:
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.signed_in:
        return Shell()
    return Shell(
        signed_in=True,
        places=places(actor, request.path),
        person={"name": actor.name, "initials": initials(actor.name), "role_line": role_line(actor)},
        notices={"unread": reading.unread(actor), "url": reverse("kernel:notices")},
        promises={**promises.open_counts(actor), "url": reverse("promises:promises")},
        zone=actor.zone,
        theme=getattr(request.user, "theme", "auto"),
        account_url=reverse("accounts:mine"),
        preferences_url=reverse("accounts:mine"),
        theme_url=reverse("accounts:theme"),
        sign_out_url=reverse("account_logout"),
    )


def places(actor: Actor, path: str) -> list[Place]:
    """The places this actor may enter, the one they are in marked."""
    open_to = [place for place in PLACES if not place.permissions or actor.may(*place.permissions)]
    found = [Place(place.key, place.label, reverse(place.url), place.icon, place.permissions) for place in open_to]
    here = max((place.url for place in found if path.startswith(place.url)), key=len, default="")
    return [
        Place(each.key, each.label, each.url, each.icon, each.permissions, current=each.url == here)
        for each in found
    ]


def role_line(actor: Actor) -> str:
    """The roles a person holds, as they are called."""
    return ", ".join(dict.fromkeys(str(held.role.label) for held in actor.held))


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
