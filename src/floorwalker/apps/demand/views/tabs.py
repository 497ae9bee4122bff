"""The ways around demand: the room's pages, and a queue's."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Tab

QUEUE_PAGES = (
    ("forecast", "demand:forecast"),
    ("history", "demand:history"),
    ("versions", "demand:versions"),
    ("queue", "demand:queue"),
)


def queue_tabs(queue: Queue, current: str) -> list[Tab]:
    """The pages of one queue."""
    words = {"forecast": _("Forecast"), "history": _("History"), "versions": _("Versions"), "queue": _("About")}
    return [Tab(words[key], reverse(name, args=[queue.pk]), key == current) for key, name in QUEUE_PAGES]


def room_tabs(actor: Actor, current: str) -> list[Tab]:
    """The pages of the room that an actor may open."""
    pages = (
        ("queues", "demand:queues", _("Queues"), P.SEE_VOLUMES),
        ("clients", "demand:client_forecasts", _("Client forecasts"), P.SEE_VOLUMES),
        ("record", "demand:record", _("Forecast track record"), P.SEE_RECORD),
        ("statements", "demand:statements", _("Statements"), P.SEE_RECORD),
        ("expectations", "demand:expectations", _("Expectations"), P.SEE_RECORD),
        ("launches", "demand:launches", _("New accounts"), P.LAUNCH_ACCOUNTS),
    )
    return [Tab(word, reverse(name), key == current) for key, name, word, may in pages if actor.may(may)]
