"""From quality: what an agent is asked and shown, and what waits for an evaluator."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality import queries as quality
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, when_words
from floorwalker.project.home.item import Item, Line

NAMED = 5


def my_reviews(actor: Actor, at: datetime) -> Item | None:
    """An agent's contacts they may say their view of, and reviews to read."""
    if not actor.may(P.ANSWER):
        return None
    asked, to_read = quality.asked_of(actor, at), quality.unread_of(actor)
    if not asked and not to_read:
        return None
    if asked:
        words = ngettext(
            "You may say how you see %(n)d contact before its score is shown.",
            "You may say how you see %(n)d contacts before their scores are shown.",
            len(asked),
        ) % {"n": len(asked)}
    else:
        words = ngettext("%(n)d review is there to read.", "%(n)d reviews are there to read.", len(to_read)) % {
            "n": len(to_read)
        }
    waited = any(each.self_due for each in asked)
    return Item(
        key="my_reviews",
        title=_("My reviews"),
        words=words,
        why=_("Contacts of yours are evaluated, and you are heard first."),
        action=_("See your reviews"),
        url=reverse("quality:mine"),
        tone="attention" if waited or to_read else "info",
        lines=[
            Line(
                _("Your contact of %(day)s") % {"day": day_words(each.conversation.started_at)},
                reverse("quality:review", args=[each.pk]),
                _("until %(when)s") % {"when": when_words(each.self_due)} if each.self_due else "",
            )
            for each in [*asked, *to_read][:NAMED]
        ],
    )


def to_review(actor: Actor, at: datetime) -> Item | None:
    """What waits for an evaluator."""
    if not actor.may(P.EVALUATE):
        return None
    desk = quality.desk_of(actor, at)
    number = len(desk.first) + desk.more
    if not number:
        return None
    words = ngettext("%(n)d thing waits", "%(n)d things wait", number) % {"n": number}
    if desk.late:
        late = ngettext("%(n)d is overdue", "%(n)d are overdue", desk.late) % {"n": desk.late}
        words = f"{words}; {late}"
    return Item(
        key="to_review",
        title=_("To review"),
        words=f"{words}.",
        why=_("Contacts, disputes and talks that were promised to agents."),
        action=_("Begin with the first"),
        url=reverse("quality:to_review"),
        tone="bad" if desk.late else "attention",
        lines=[Line(each.why, each.url, when_words(each.due)) for each in desk.first[:NAMED]],
    )
