"""What a group does together now: to take part in, to lead; and exercises whose day has come."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.learning import queries as learning
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, when_words
from floorwalker.project.home.item import Item, Line

NAMED = 3


def to_take_part_in(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - items are made alike
    """Activities of one's groups that are open now."""
    found = learning.activities_to_take_part_in(actor)
    if not found:
        return None
    return Item(
        key="activities",
        title=_("Your group is at it"),
        words=_("“%(title)s” is open.") % {"title": found[0].title},
        why=_("%(name)s leads it; take part on your phone.") % {"name": found[0].lead.name},
        action=_("Take part"),
        url=reverse("learning:activity", args=[found[0].pk]),
        tone="attention",
        lines=[Line(each.title, reverse("learning:activity", args=[each.pk])) for each in found[1 : NAMED + 1]],
    )


def to_lead(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - items are made alike
    """Activities one leads that are open: with questions that wait, and until when is up to nobody else."""
    found = learning.activities_to_lead(actor)
    if not found:
        return None
    waiting = sum(n for _activity, n in found)
    words = ngettext("%(n)d activity is open.", "%(n)d activities are open.", len(found)) % {"n": len(found)}
    if waiting:
        asked = ngettext("%(n)d question waits in the box.", "%(n)d questions wait in the box.", waiting)
        words = f"{words} {asked % {'n': waiting}}"
    return Item(
        key="activities_to_lead",
        title=_("Activities you lead"),
        words=words,
        why=_("Your group waits for what comes next, and reads every answer."),
        action=_("Go on with the first"),
        url=reverse("learning:activity", args=[found[0][0].pk]),
        tone="attention",
        lines=[
            Line(
                each.title,
                reverse("learning:activity", args=[each.pk]),
                _("open since %(when)s") % {"when": when_words(each.opened_at)} if each.opened_at else "",
            )
            for each, _n in found[:NAMED]
        ],
    )


def exercises_to_finish(actor: Actor, at: datetime) -> Item | None:
    """Exercises of one's own whose day to be finished or looked at has come."""
    found = list(learning.exercises_to_finish(actor, at)[: NAMED + 1])
    if not found:
        return None
    return Item(
        key="exercises",
        title=_("Exercises you keep"),
        words=_("More than three wait for you.")
        if len(found) > NAMED
        else ngettext("%(n)d waits for you.", "%(n)d wait for you.", len(found)) % {"n": len(found)},
        why=_("A draft nobody finishes helps no group, and what was right may be so no more."),
        action=_("Open the first"),
        url=reverse("learning:exercise", args=[found[0].pk]),
        tone="attention",
        lines=[
            Line(
                each.title,
                reverse("learning:exercise", args=[each.pk]),
                _("draft, to be finished by %(day)s") % {"day": day_words(each.look_again_on)}
                if each.state == "draft"
                else _("does it still hold?"),
            )
            for each in found[:NAMED]
        ],
    )
