"""The ways around demand: the room's pages, and a queue's."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.look import Tab

QUEUE_PAGES = (("history", "demand:history"), ("queue", "demand:queue"))


def queue_tabs(queue: Queue, current: str) -> list[Tab]:
    """The pages of one queue."""
    words = {"history": _("History"), "queue": _("About")}
    return [Tab(words[key], reverse(name, args=[queue.pk]), key == current) for key, name in QUEUE_PAGES]
