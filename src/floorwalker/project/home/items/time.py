"""From the room of time off the phones: one's own sessions, and what a lead owes and has to place."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, duration_words
from floorwalker.kernel.look.words import span_words
from floorwalker.project.home.item import Item, Line

NAMED = 5
State = Session.State


def my_time(actor: Actor, at: datetime) -> Item | None:
    """An agent's own time: what has a time, and how much is still owed."""
    if not actor.may(P.ASK):
        return None
    found = offphone.visible_sessions(actor).filter(agent__user=actor.user_id)
    coming = list(found.filter(state=State.PLACED, period__endswith__gt=at).order_by("period")[:NAMED])
    owed = found.filter(state=State.OWED).aggregate(n=Sum("minutes"))["n"] or 0
    if not coming and not owed:
        return None
    if coming:
        words = _("Your next time off the phones: %(when)s.") % {"when": _when(coming[0])}
    else:
        words = _("%(time)s off the phones are owed to you and have no time yet.") % {
            "time": duration_words(60 * owed)
        }
    return Item(
        key="my_time",
        title=_("Time owed to you"),
        words=words,
        why=_("Feedback, training and talks that were promised to you."),
        action=_("See your time"),
        url=reverse("offphone:time"),
        tone="info",
        lines=[Line(row.reason, reverse("offphone:session", args=[row.pk]), _when(row)) for row in coming],
    )


def _when(row: Session) -> str:
    return span_words(row.period.lower, row.period.upper)


def to_place(actor: Actor, at: datetime) -> Item | None:
    """Sessions that are asked for or owed to one's people and have no time yet."""
    if not actor.may(P.LEAD):
        return None
    found = offphone.visible_sessions(actor, P.LEAD)
    counts = found.aggregate(
        asked=Count("pk", filter=Q(state=State.ASKED)),
        owed=Count("pk", filter=Q(state=State.OWED)),
        late=Count("pk", filter=Q(state=State.OWED, due__lt=at)),
    )
    number = counts["asked"] + counts["owed"]
    if not number:
        return None
    shown = found.filter(state__in=[State.ASKED, State.OWED]).select_related("agent").order_by("due", "pk")
    words = ngettext("%(n)d session has no time yet", "%(n)d sessions have no time yet", number) % {"n": number}
    if counts["late"]:
        late = ngettext("%(n)d is overdue", "%(n)d are overdue", counts["late"]) % {"n": counts["late"]}
        words = f"{words}; {late}"
    return Item(
        key="to_place",
        title=_("Time to place"),
        words=f"{words}.",
        why=_("Owed to the people you lead."),
        action=_("Place it"),
        url=reverse("offphone:time"),
        tone="bad" if counts["late"] else "attention",
        lines=[
            Line(
                f"{row.agent.name}: {row.reason}",
                reverse("offphone:session", args=[row.pk]),
                _("until %(day)s") % {"day": day_words(row.due)} if row.due else row.get_state_display(),
            )
            for row in shown[:NAMED]
        ],
    )


def delivered(actor: Actor, at: datetime) -> Item | None:
    """The loop's link: how much of the time that was promised has been given."""
    if not actor.may(P.SEE_SUMS):
        return None
    rows = offphone.kept_minutes(actor, at)
    done, left, late = (sum(getattr(row, name) for row in rows) for name in ("delivered", "open", "late"))
    if not done and not left:
        return None
    return Item(
        key="delivered",
        title=_("Time off the phones"),
        words=(
            _("%(done)s were given to people, %(left)s are still owed, %(late)s of them late.")
            if late
            else _("%(done)s were given to people, %(left)s are still owed.")
        )
        % {
            each: duration_words(60 * minutes)
            for each, minutes in (("done", done), ("left", left), ("late", late))
        },
        why=_("Training and talks are the first thing a busy centre takes away."),
        action=_("See the time"),
        url=reverse("offphone:time"),
        tone="attention" if late else "info",
    )
