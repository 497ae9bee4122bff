"""From capacity: the days that may miss their target."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, percent_words
from floorwalker.project.home.item import Item, Line

NAMED = 5


def may_miss(actor: Actor, at: datetime) -> Item | None:
    """Where the fortnight ahead may miss, the worst first, with the cheapest repair."""
    if not actor.may(P.SEE):
        return None
    watch = capacity.watch(actor, at, limit=NAMED, agreed=False)
    if not watch.days:
        return None
    number = watch.at_risk
    if number:
        words = ngettext(
            "%(n)d day of a queue may miss its target in the next two weeks.",
            "%(n)d days of queues may miss their target in the next two weeks.",
            number,
        ) % {"n": number}
    else:
        words = _("No day of the next two weeks is at risk, as far as it is computed.")
    likely = any(each.level == "likely" for each in watch.warnings)
    return Item(
        key="may_miss",
        title=_("Where we may miss"),
        words=words,
        why=_("By the forecast, its uncertainty and the roster."),
        action=_("See why"),
        url=reverse("capacity:warnings"),
        tone="bad" if likely else "attention" if number else "good",
        lines=[
            Line(
                f"{each.queue.name}, {day_words(each.day)}",
                each.url,
                _("%(share)s likely to miss. %(repair)s")
                % {"share": percent_words(each.risk.probability), "repair": each.repair},
            )
            for each in watch.warnings
        ],
    )
