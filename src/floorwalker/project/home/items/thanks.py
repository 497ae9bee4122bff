"""From the room of thanks: whom of one's people to thank, and why."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.recognition import queries as recognition
from floorwalker.kernel.access import Actor
from floorwalker.project.home.item import Item, Line


def due(actor: Actor, at: datetime) -> Item | None:
    """People to thank, each with why."""
    found = recognition.suggestions(actor, at)
    if not found:
        return None
    words = ngettext(
        "%(n)d person of yours is worth a thanks.", "%(n)d people of yours are worth a thanks.", len(found)
    )
    return Item(
        key="thanks_due",
        title=_("Thanks are due"),
        words=words % {"n": len(found)},
        why=_("A simple thank you does more than most of what costs money."),
        action=_("Thank them"),
        url=f"{reverse('recognition:thanks')}#due",
        tone="info",
        lines=[Line(each.agent.name, each.url, each.why) for each in found],
    )
