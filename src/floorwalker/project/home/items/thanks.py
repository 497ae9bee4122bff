"""From the room of thanks: whom one leads has carried a surge and has not been thanked for it."""

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
        "%(n)d person of yours carried a surge.", "%(n)d people of yours carried a surge.", len(found)
    )
    return Item(
        key="thanks_due",
        title=_("Thanks are due"),
        words=words % {"n": len(found)},
        why=_("More contacts came than were forecast, and they were on the phones."),
        action=_("Thank them"),
        url=f"{reverse('recognition:thanks')}#due",
        tone="info",
        lines=[Line(each.agent.name, "", each.why) for each in found],
    )
