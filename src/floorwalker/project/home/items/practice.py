"""From the arena: a scenario nobody has to play but may, and what waits for who keeps scenarios."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.learning import queries as learning
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.project.home.item import Item, Line

NAMED = 3
LONG = timedelta(days=7)  # a draft lying longer is to be finished or dropped


def new_scenarios(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - items are made alike
    """Scenarios an agent has never played: an offer, never a duty."""
    if not actor.may(P.PLAY):
        return None
    found = list(learning.new_to(actor).order_by("name")[: NAMED + 1])
    if not found:
        return None
    more = len(found) > NAMED
    return Item(
        key="new_scenarios",
        title=_("New in the arena"),
        words=_("More than three scenarios are new to you.")
        if more
        else ngettext("%(n)d scenario is new to you.", "%(n)d scenarios are new to you.", len(found))
        % {"n": len(found)},
        why=_("Practise when you like; how you do is yours alone."),
        action=_("See what there is"),
        url=reverse("learning:arena"),
        tone="info",
        lines=[Line(each.name, note=each.about) for each in found[:NAMED]],
    )


def to_finish(actor: Actor, at: datetime) -> Item | None:
    """Drafts of one's own, and scenarios whose day to be looked at has come."""
    if not actor.may(P.KEEP_SCENARIOS):
        return None
    drafts, due = learning.to_finish(actor, at)
    if not drafts and not due:
        return None
    lying = [each for each in drafts if each.made_at < at - LONG]
    words = [ngettext("%(n)d draft", "%(n)d drafts", len(drafts)) % {"n": len(drafts)}] if drafts else []
    if due:
        words.append(ngettext("%(n)d to look at again", "%(n)d to look at again", len(due)) % {"n": len(due)})
    lines = [
        Line(
            each.scenario.name,
            reverse("learning:version", args=[each.pk]),
            _("draft, last changed %(day)s") % {"day": day_words(each.made_at)},
        )
        for each in drafts[:NAMED]
    ]
    lines += [
        Line(each.name, reverse("learning:scenario", args=[each.pk]), _("does it still hold?"))
        for each in due[:NAMED]
    ]
    return Item(
        key="scenarios_to_finish",
        title=_("Scenarios you keep"),
        words=_("%(what)s.") % {"what": ", ".join(words)},
        why=_("A draft nobody finishes trains nobody, and prices and steps change."),
        action=_("Go on with the first"),
        url=str(lines[0].url),
        tone="attention" if due or lying else "info",
        lines=lines,
    )
