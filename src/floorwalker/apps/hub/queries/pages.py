"""What was said, as pages, programs and notices show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.hub.models import Policy, Saying, SayingMove, Topic
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.sight import (
    said_without_a_name,
    visible_policies,
    visible_sayings,
    visible_topics,
)
from floorwalker.apps.hub.rules import DECLINED, DONE, JOINED, SHOWN, is_open
from floorwalker.apps.hub.rules import overdue as is_overdue
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.kernel.paging import Rows, page_of

TONES = {
    "received": "info",
    "unanswered": "bad",
    "answered": "good",
    "trial": "progress",
    "done": "good",
    "declined": "neutral",
    "joined": "neutral",
}


@dataclass(frozen=True)
class Shown:
    """One saying for one reader; what it was joined to tells how it stands."""

    saying: Saying
    id: int
    kind: str
    topic: str
    policy: str
    text: str
    said_on: date
    by: str  # its author, for who answers; the group, where it came without a name
    mine: bool
    to_answer: bool
    owner: str
    state: str
    state_word: str
    tone: str
    due: date | None
    overdue: bool
    public: bool
    anonymous: bool
    open: bool
    joined: int
    moves: list[SayingMove] = field(default_factory=list)


def _with_all(found: QuerySet[Saying]) -> QuerySet[Saying]:
    """Everything a page shows of them, in a fixed number of queries."""
    return (
        found.select_related("topic", "policy", "owner", "author", "team", "site", "joined_to__owner")
        .prefetch_related("moves__by", "joined_to__moves__by")
        .annotate(joined_count=Count("joined", distinct=True))
    )


def _shown(saying: Saying, actor: Actor, today: date, hidden: Iterable[int]) -> Shown:
    leading = saying.joined_to or saying
    mine = saying.author_id == actor.user_id or saying.pk in hidden
    answers = actor.user_id in (saying.owner_id, saying.topic.second_id)
    group = saying.team or saying.site
    if saying.anonymous:
        by = _("somebody in %(group)s") % {"group": group} if group else _("somebody")
    else:
        by = saying.author.name if saying.author and (answers or mine) else ""
    still_open = is_open(leading.kind, leading.state)
    late = still_open and is_overdue(leading.due, today)
    return Shown(
        saying=saying,
        id=saying.pk,
        kind=str(saying.get_kind_display()),
        topic=saying.topic.name,
        policy=saying.policy.name if saying.policy else "",
        text=saying.text,
        said_on=saying.said_on,
        by=by if answers or mine else "",
        mine=mine,
        to_answer=answers,
        owner=leading.owner.name,
        state=leading.state,
        state_word=str(leading.get_state_display()),
        tone="bad" if late else TONES[leading.state],
        due=leading.due if still_open else None,
        overdue=late,
        public=saying.public,
        anonymous=saying.anonymous,
        open=still_open,
        joined=getattr(saying, "joined_count", 0),
        moves=[*saying.moves.all(), *(leading.moves.all() if leading is not saying else ())],
    )


def shown(actor: Actor, saying: Saying, today: date) -> Shown:
    return _shown(_with_all(Saying.objects.filter(pk=saying.pk)).get(), actor, today, ())


@dataclass(frozen=True)
class ShownPage:
    """A page of sayings."""

    lines: list[Shown]
    page: Rows[Saying]


def shown_page(
    actor: Actor,
    found: QuerySet[Saying],
    today: date,
    order: tuple[str, ...],
    hidden: Iterable[int] = (),
    **place: Any,
) -> ShownPage:
    page = page_of(_with_all(found), order, limit=25, counted=True, **place)
    return ShownPage([_shown(each, actor, today, hidden) for each in page.items], page)


def mine(actor: Actor, today: date, **place: Any) -> ShownPage:
    """What this user said, with and without their name, the latest first."""
    hidden = said_without_a_name(actor)
    found = Saying.objects.filter(Q(author__isnull=False, author=actor.user_id) | Q(pk__in=hidden))
    return shown_page(actor, found, today, ("-said_on", "pk"), hidden, **place)


def answered(actor: Actor, today: date, **place: Any) -> ShownPage:
    """“You said, we did”: what was answered for all to read."""
    found = visible_sayings(actor).filter(public=True, state__in=SHOWN, moved_on__isnull=False)
    return shown_page(actor, found, today, ("-moved_on", "pk"), **place)


def to_answer(actor: Actor, today: date, **place: Any) -> ShownPage:
    """What waits for this user: what they own, and what they are second for once its day has passed."""
    second = Q(topic__second=actor.user_id, late_on__isnull=False)
    found = visible_sayings(actor).filter(Q(owner=actor.user_id) | second, ended_on=None)
    return shown_page(actor, found.exclude(_answered_question()), today, ("due", "pk"), **place)


def _answered_question() -> Q:
    return Q(kind=Saying.Kind.QUESTION, state=Saying.State.ANSWERED)


@dataclass(frozen=True)
class Overdue:
    """A day that was promised and has passed: whose, since when, and nothing of what was said."""

    owner: str
    topic: str
    kind: str
    due: date


def overdue(actor: Actor, today: date, most: int = 50) -> list[Overdue]:
    """Every open day that has passed, for all who work here to read."""
    if not actor.may(P.SAY):
        return []
    late = Saying.objects.filter(delivered=True, ended_on=None, due__lt=today).exclude(_answered_question())
    rows = late.select_related("owner", "topic").order_by("due", "pk")[:most]
    return [
        Overdue(each.owner.name, each.topic.name, str(each.get_kind_display()), each.due)
        for each in rows
        if each.due is not None
    ]


@dataclass(frozen=True)
class TopicLine:
    """Whom to talk to about something."""

    topic: Topic
    open: int
    late: int


def contact_map(actor: Actor, today: date) -> list[TopicLine]:
    found = visible_topics(actor).filter(archived=False).select_related("owner", "second", "site")
    is_waiting = Q(sayings__ended_on=None, sayings__delivered=True) & ~Q(
        sayings__kind=Saying.Kind.QUESTION, sayings__state=Saying.State.ANSWERED
    )
    found = found.annotate(
        open_count=Count("sayings", filter=is_waiting),
        late_count=Count("sayings", filter=is_waiting & Q(sayings__due__lt=today)),
    )
    return [TopicLine(each, each.open_count, each.late_count) for each in found.order_by("name", "pk")]


@dataclass(frozen=True)
class PolicyLine:
    """A policy, and what became of the changes that were asked for, in numbers."""

    policy: Policy
    asked: int
    changed: int
    declined: int


def policy_lines(actor: Actor) -> list[PolicyLine]:
    counted = Q(sayings__delivered=True) & ~Q(sayings__state=JOINED)
    found = visible_policies(actor).filter(archived=False).select_related("owner")
    found = found.annotate(
        asked=Count("sayings", filter=counted),
        changed=Count("sayings", filter=counted & Q(sayings__state=DONE)),
        declined=Count("sayings", filter=counted & Q(sayings__state=DECLINED)),
    )
    return [PolicyLine(each, each.asked, each.changed, each.declined) for each in found.order_by("name", "pk")]


def sayings_in(actor: Actor, side: str) -> QuerySet[Saying]:
    """For programs: mine, those I answer for, or those for all."""
    found = visible_sayings(actor)
    if side == "mine":
        return Saying.objects.filter(
            Q(author__isnull=False, author=actor.user_id) | Q(pk__in=said_without_a_name(actor))
        )
    if side == "to_answer":
        return found.filter(Q(owner=actor.user_id) | Q(topic__second=actor.user_id))
    return found.filter(public=True, state__in=SHOWN)


def exported(actor: Actor) -> Iterator[list[str]]:
    """“You said, we did” as a table."""
    found = visible_sayings(actor).filter(public=True, state__in=SHOWN)
    rows = found.select_related("topic", "owner").prefetch_related("moves").order_by("-moved_on", "pk")
    for each in rows.iterator(chunk_size=200):
        last = [move.words for move in each.moves.all() if move.words][-1:]
        yield [
            each.said_on.isoformat(),
            each.kind,
            each.topic.name,
            each.text,
            each.state,
            each.owner.name,
            each.moved_on.isoformat() if each.moved_on else "",
            *(last or [""]),
        ]


def waits_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of who answers."""
    found = visible_sayings(actor).filter(pk=ref[1]).select_related("topic").first()
    if found is None or found.due is None:
        return None
    words = {"kind": found.get_kind_display(), "topic": found.topic.name, "day": day_words(found.due)}
    if found.late_on:
        return _("Past its day, %(day)s: %(kind)s (%(topic)s).") % words
    return _("%(kind)s (%(topic)s) waits for an answer until %(day)s.") % words


def moved_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of the author: the state, never the words."""
    found = visible_sayings(actor).filter(pk=ref[1]).select_related("topic", "joined_to").first()
    if found is None:
        return None
    leading = found.joined_to or found
    words = {"kind": found.get_kind_display(), "topic": found.topic.name, "state": leading.get_state_display()}
    return _("%(kind)s (%(topic)s): %(state)s.") % words
