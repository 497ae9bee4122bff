"""The rooms of the hub as tabs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Tab

ROOMS = (
    ("hub:board", _("Hub"), (P.READ,)),
    ("hub:news", _("Announcements"), (P.READ_NEWS,)),
    ("hub:pulses", _("Pulse"), (P.SEE_PULSE,)),
    ("hub:search", _("Search"), (P.READ,)),
    ("hub:reported", _("Reported"), (P.MODERATE, P.JUDGE)),
    ("hub:use_of_hub", _("How it is used"), (P.SEE_USE,)),
)


def hub_tabs(actor: Actor, here: str) -> list[Tab]:
    """Those open to this actor."""
    return [Tab(label, reverse(name), name == here) for name, label, any_of in ROOMS if actor.may(*any_of)]
