"""From the ledger and the letter box: what is owed to me, what I owe, what I have not read."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.promises import queries as promises
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.permissions import PromisePermission as P
from floorwalker.apps.promises.rules import kept_rate
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import end_words, percent_words
from floorwalker.kernel.notices import reading
from floorwalker.project.home.item import Item, Line

NAMED = 5


def i_owe(actor: Actor, at: datetime) -> Item | None:
    """Promises I have given and not kept yet."""
    return _open(
        promises.owed_by(actor),
        at,
        key="i_owe",
        title=_("You promised"),
        why=_("You gave your word."),
        words=lambda n: ngettext("You owe %(n)d thing", "You owe %(n)d things", n),
    )


def owed_to_me(actor: Actor, at: datetime) -> Item | None:
    """Promises to me that are open."""
    return _open(
        promises.owed_to(actor),
        at,
        key="owed_to_me",
        title=_("Promised to you"),
        why=_("Somebody gave you their word."),
        words=lambda n: ngettext("%(n)d thing is promised to you", "%(n)d things are promised to you", n),
        mine=False,
    )


def _open(found: QuerySet[Promise], at: datetime, *, key, title, why, words, mine=True) -> Item | None:  # type: ignore[no-untyped-def]
    rows = found.filter(state=Promise.State.OPEN)
    counts = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due__lt=at)))
    if not counts["all"]:
        return None
    sentence = words(counts["all"]) % {"n": counts["all"]}
    if counts["late"]:
        late = ngettext("%(n)d is overdue", "%(n)d are overdue", counts["late"]) % {"n": counts["late"]}
        sentence = f"{sentence}; {late}"
    shown = rows.order_by("due", "pk")[:NAMED]
    return Item(
        key=key,
        title=title,
        words=f"{sentence}.",
        why=why,
        action=_("See the promises"),
        url=reverse("promises:promises"),
        tone="bad" if counts["late"] and mine else "attention" if counts["late"] else "info",
        lines=[
            Line(
                row.what,
                reverse("promises:promise", args=[row.pk]),
                _("due %(when)s") % {"when": end_words(row.due)},
            )
            for row in shown
        ],
    )


def kept(actor: Actor, at: datetime) -> Item | None:
    """The loop's link: whether promises are kept here, and what is overdue."""
    if not actor.sight(P.SEE).beyond_own:
        return None
    found = promises.visible_promises(actor)
    counts = {row["state"]: row["n"] for row in found.values("state").annotate(n=Count("pk")).order_by()}
    rate, open_now = kept_rate(counts), counts.get(Promise.State.OPEN, 0)
    if not rate.ended and not open_now:
        return None
    late = found.filter(state=Promise.State.OPEN, due__lt=at).count()
    if rate.too_few:
        words = ngettext("%(n)d promise is open", "%(n)d promises are open", open_now) % {"n": open_now}
        words = f"{words}; {_('too few have ended to speak of a rate')}"
    else:
        low, high = rate.interval
        words = _(
            "%(share)s of %(n)d promises were kept in time (likely %(low)s to %(high)s); %(open)d are open"
        ) % {
            "share": percent_words(rate.share),
            "n": rate.ended,
            "low": percent_words(low),
            "high": percent_words(high),
            "open": open_now,
        }
    if late:
        words = f"{words}, {ngettext('%(n)d is overdue', '%(n)d are overdue', late) % {'n': late}}"
    return Item(
        key="kept",
        title=_("Promises"),
        words=f"{words}.",
        why=_("What was said to people and clients, over all the links of the loop."),
        action=_("See the promises"),
        url=reverse("promises:promises"),
        tone="attention" if late else "info",
    )


def unread(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - every item is made alike
    """What has been told to me since I last looked."""
    number = reading.unread(actor)
    if not number:
        return None
    return Item(
        key="unread",
        title=_("Notices"),
        words=ngettext("%(n)d notice is unread.", "%(n)d notices are unread.", number) % {"n": number},
        why=_("Things that concern you have happened."),
        action=_("Read them"),
        url=reverse("kernel:notices"),
        tone="info",
    )
