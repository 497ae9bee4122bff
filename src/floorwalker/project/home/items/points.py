"""From the rooms of points: what can be earned, whom nobody has named yet, what was promised and waits."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition import queries as recognition
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.project.home.item import Item, Line

NAMED = 3


def to_earn(actor: Actor, at: datetime) -> Item | None:
    """Incentives that run for an agent and still have a place."""
    if not actor.may(P.POINTS) or people.agent_of(actor) is None:
        return None
    found = recognition.incentives_for_me(actor, at, most=NAMED)
    if not found:
        return None
    words = ngettext("%(n)d incentive runs for you.", "%(n)d incentives run for you.", len(found))
    return Item(
        key="to_earn",
        title=_("What you can earn"),
        words=words % {"n": len(found)},
        why=_("The points are held ready; you have them within a minute of what they are for."),
        action=_("See what you would have"),
        url=reverse("recognition:chances"),
        tone="info",
        lines=[
            Line(
                each.incentive.name,
                reverse("recognition:incentive", args=[each.incentive.pk]),
                _("%(n)d points, until %(day)s")
                % {"n": each.incentive.points, "day": day_words(each.incentive.last_day)},
            )
            for each in found
        ],
    )


def to_name(actor: Actor, at: datetime) -> Item | None:
    """Incentives of one's own whose days are over and where nobody was named."""
    found = recognition.waiting_for_winners(actor, at)
    if not found:
        return None
    return Item(
        key="to_name",
        title=_("Who has earned it?"),
        words=_("Nobody is named yet for “%(name)s”.") % {"name": found[0].name},
        why=_("It is a promise of yours, and is broken for everybody to see two days after its last day."),
        action=_("Name them"),
        url=f"{reverse('recognition:incentive', args=[found[0].pk])}#winner",
        tone="attention",
        lines=[
            Line(each.name, reverse("recognition:incentive", args=[each.pk]), day_words(each.last_day))
            for each in found[:NAMED]
        ],
    )


def to_deliver(actor: Actor, at: datetime) -> Item | None:
    """Rewards that were promised and are not delivered yet."""
    number = recognition.waiting_count(actor)
    if not number:
        return None
    first = recognition.waiting(actor).items[:NAMED]
    words = ngettext(
        "%(n)d reward is promised and not delivered.", "%(n)d rewards are promised and not delivered.", number
    )
    return Item(
        key="to_deliver",
        title=_("Rewards to deliver"),
        words=words % {"n": number},
        why=_("The day of delivery is a promise to who asked for it."),
        action=_("Deliver them"),
        url=reverse("recognition:waiting"),
        tone="attention" if any(each.due <= at for each in first) else "progress",
        lines=[
            Line(
                f"{each}: {each.agent.name}",
                reverse("recognition:redemption", args=[each.pk]),
                day_words(each.due),
            )
            for each in first
        ],
    )
