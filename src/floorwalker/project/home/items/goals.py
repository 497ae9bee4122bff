"""From performance: goals somebody proposed that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.performance import queries as performance
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.kernel.access import Actor
from floorwalker.project.home.item import Item, Line

NAMED = 3


def to_answer(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - every item is made alike
    """Proposals to me, and to me as who leads."""
    if not actor.may(P.SET_OWN, P.LEAD):
        return None
    found = performance.waiting_for(actor)
    number = found.count()
    if not number:
        return None
    return Item(
        key="goals",
        title=_("Goals"),
        words=ngettext("%(n)d proposal waits for your answer.", "%(n)d proposals wait for your answer.", number)
        % {"n": number},
        why=_("A goal begins when both sides want it."),
        action=_("Answer them"),
        url=reverse("performance:goals"),
        tone="attention",
        lines=[
            Line(each.get_measure_display(), reverse("performance:goal", args=[each.pk]), each.agent.name)
            for each in found[:NAMED]
        ],
    )
