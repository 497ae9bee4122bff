"""From the hub: what one is asked to confirm or to answer, and what waits where one leads."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.hub import queries as hub
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.project.home.item import Item, Line


def to_confirm(actor: Actor, at: datetime) -> Item | None:
    """Announcements that ask for a word."""
    found = hub.to_confirm(actor)
    if not found:
        return None
    first = found[0]
    assert first.confirm_by is not None
    late = any(each.confirm_by is not None and each.confirm_by < at.date() for each in found)
    words = ngettext(
        "%(n)d announcement asks you to confirm that you have read it.",
        "%(n)d announcements ask you to confirm that you have read them.",
        len(found),
    )
    return Item(
        key="hub_confirm",
        title=_("Please read and confirm"),
        words=words % {"n": len(found)},
        why=_("Whoever announced it needs to know that it has reached everybody."),
        action=_("Read it"),
        url=reverse("hub:announcement", args=[first.pk]),
        tone="bad" if late else "attention",
        lines=[
            Line(
                each.title,
                reverse("hub:announcement", args=[each.pk]),
                _("by %(day)s") % {"day": day_words(each.confirm_by)} if each.confirm_by else "",
            )
            for each in found
        ],
    )


def pulse(actor: Actor, at: datetime) -> Item | None:
    """Four questions one may answer."""
    found = hub.pulses_open_for(actor, at.date())
    if not found:
        return None
    return Item(
        key="hub_pulse",
        title=_("Four questions"),
        words=_("A pulse is open until %(day)s; it takes a minute.") % {"day": day_words(found[0].closes_on)},
        why=_("Without your name, and only if you like. What follows from it is promised with a day."),
        action=_("Answer"),
        url=reverse("hub:pulse", args=[found[0].pk]),
        tone="info",
    )


def replies(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - the same at any hour
    """One's own questions that have replies."""
    found = hub.my_answered(actor)
    if not found:
        return None
    words = ngettext("%(n)d question of yours has replies.", "%(n)d questions of yours have replies.", len(found))
    return Item(
        key="hub_replies",
        title=_("Replies to your questions"),
        words=words % {"n": len(found)},
        why=_("Say which reply answers it; whoever wrote it, and whoever asks the same, will know."),
        action=_("Read them"),
        url=reverse("hub:thread", args=[found[0].pk]),
        tone="info",
        lines=[Line(hub.first_line(each), reverse("hub:thread", args=[each.pk])) for each in found],
    )


def waiting(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - as above
    """Questions nobody has answered where one leads."""
    found = hub.waiting_where_i_lead(actor)
    if not found:
        return None
    words = ngettext(
        "%(n)d question in the hub has no reply for two working days.",
        "%(n)d questions in the hub have no reply for two working days.",
        len(found),
    )
    return Item(
        key="hub_waiting",
        title=_("Questions without a reply"),
        words=words % {"n": len(found)},
        why=_("Where you lead, a question nobody answers is yours to answer or to hand to somebody."),
        action=_("Answer"),
        url=reverse("hub:thread", args=[found[0].pk]),
        tone="attention",
        lines=[Line(hub.first_line(each), reverse("hub:thread", args=[each.pk])) for each in found],
    )


def reported(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - as above
    """Posts that were reported where one moderates."""
    n, found = hub.reported_where_i_lead(actor)
    if not found:
        return None
    words = ngettext("%(n)d post in the hub was reported.", "%(n)d posts in the hub were reported.", n)
    return Item(
        key="hub_reported",
        title=_("Reported posts"),
        words=words % {"n": n},
        why=_("Whoever reported it reads what becomes of it within two working days."),
        action=_("Look at them"),
        url=reverse("hub:reported"),
        tone="attention",
        lines=[Line(hub.first_line(each), reverse("hub:reported")) for each in found],
    )


def not_confirmed(actor: Actor, at: datetime) -> Item | None:
    """One's own announcements whose day is over."""
    found = hub.past_their_day(actor, at.date())
    if not found:
        return None
    words = ngettext(
        "%(n)d announcement of yours is past its day and not confirmed by all.",
        "%(n)d announcements of yours are past their day and not confirmed by all.",
        len(found),
    )
    return Item(
        key="hub_not_confirmed",
        title=_("Not confirmed by all"),
        words=words % {"n": len(found)},
        why=_("They were reminded once; now it is a word from you that helps."),
        action=_("See who is missing"),
        url=reverse("hub:announcement", args=[found[0][0].pk]),
        tone="info",
        lines=[
            Line(
                each.title,
                reverse("hub:announcement", args=[each.pk]),
                ngettext("%(n)d missing", "%(n)d missing", missing) % {"n": missing},
            )
            for each, missing in found
        ],
    )


def pulse_to_answer(actor: Actor, at: datetime) -> Item | None:
    """Pulses one has asked and owes an answer to, or what was promised in it."""
    found = hub.pulses_to_answer(actor)
    if not found:
        return None
    first = found[0]
    due = first.follows_by if first.state == "answered" else first.answer_by
    assert due is not None
    if first.state == "answered":
        words = _("What you promised after a pulse is due on %(day)s.") % {"day": day_words(due)}
    else:
        words = _("The results of a pulse are there; your answer is promised for %(day)s.") % {
            "day": day_words(due)
        }
    return Item(
        key="hub_pulse_owed",
        title=_("Answer to the pulse"),
        words=words,
        why=_("People who answer and hear nothing do not answer again."),
        action=_("Look at it"),
        url=reverse("hub:pulse", args=[first.pk]),
        tone="bad" if due < at.date() else ("attention" if first.state == "closed" else "info"),
    )
