"""A person's notices, in words made for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from floorwalker.kernel.access import Actor, refuse
from floorwalker.kernel.models.notice import Notice, NoticeWish
from floorwalker.kernel.notices.gathered import GATHERED, WAYS
from floorwalker.kernel.notices.kinds import KINDS, Ref
from floorwalker.kernel.once import read_once
from floorwalker.kernel.paging import Rows, page_of

ABOUT = ("kind", "ref_kind", "ref_id")  # what a notice is about, and in which respect


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it."""

    id: int
    title: Any
    text: str
    url: str
    at: datetime
    unread: bool


def in_words(notice: Notice, actor: Actor) -> Told | None:
    """The notice for this reader; nothing when its kind is gone or they may no longer see what it is about."""
    return next(iter(all_in_words([notice], actor)), None)


def all_in_words(notices: Sequence[Notice], actor: Actor) -> list[Told]:
    """The same for many in their order, the sentences of each kind made together."""
    refs: dict[str, list[Ref]] = {}
    for each in notices:
        refs.setdefault(each.kind, []).append(_ref(each))
    texts = {key: KINDS[key].texts(actor, list(dict.fromkeys(each))) for key, each in refs.items() if key in KINDS}
    told = []
    for each in notices:
        text = texts.get(each.kind, {}).get(_ref(each))
        if text is not None:
            kind, ref = KINDS[each.kind], _ref(each)
            told.append(Told(each.pk, kind.title, text, kind.url_of(ref), each.at, each.read_at is None))
    return told


def _ref(notice: Notice) -> Ref:
    return notice.ref_kind, notice.ref_id


def mine(actor: Actor, *, after: str = "", before: str = "", limit: int = 50) -> tuple[list[Told], Rows[Notice]]:
    """A page of them, the newest first; what one may no longer read is not in it.

    The words say how a thing stands now, so of several notices about the same thing only the newest is in it:
    the others would read the same.
    """
    own = Notice.objects.filter(to_user=actor.user_id)
    same = {name: OuterRef(name) for name in ABOUT}
    page = page_of(
        own.exclude(Exists(own.filter(**same, pk__gt=OuterRef("pk")))),
        ["-at", "-pk"],
        after=after,
        before=before,
        limit=limit,
        counted=True,
    )
    return all_in_words(page.items, actor), page


@read_once  # a first page says it in its frame and in its list
def unread(actor: Actor) -> int:
    """Of how many things there is news."""
    return Notice.objects.filter(to_user=actor.user_id, read_at=None).values(*ABOUT).distinct().count()


def mark_all_read(actor: Actor, at: datetime) -> None:
    Notice.objects.filter(to_user=actor.user_id, read_at=None).update(read_at=at)


def mark_one_read(actor: Actor, notice_id: int, at: datetime) -> None:
    """Mark one of my notices as read, or as if there were none when I may not read it."""
    if opened(actor, notice_id, at) is None:
        refuse(actor)


def opened(actor: Actor, notice_id: int, at: datetime) -> str | None:
    """Read one of my notices, and with it the earlier ones about the same: where it leads.

    Nothing when it is not mine or leads nowhere any more.
    """
    notice = Notice.objects.filter(to_user=actor.user_id, pk=notice_id).first()
    told = in_words(notice, actor) if notice else None
    if told is None:
        return None
    about = {name: getattr(notice, name) for name in ABOUT}
    Notice.objects.filter(to_user=actor.user_id, read_at=None, **about).update(read_at=at)
    return told.url


def wishes(actor: Actor) -> list[tuple[str, Any, str]]:
    """Each kind, and what a digest gathers, with how this person is told of it by e-mail."""
    said = dict(NoticeWish.objects.filter(user=actor.user_id).values_list("kind", "mail"))
    ways = [(key, kind.title, said.get(key, kind.mail)) for key, kind in sorted(KINDS.items())]
    return ways + [
        (key, each.title, said.get(key, NoticeWish.Mail.DAILY)) for key, each in sorted(GATHERED.items())
    ]


def ways_of(kind: str) -> list[tuple[str, Any]]:
    """What may be wished: what a digest gathers comes with it or not at all."""
    return [(str(each), each.label) for each in (WAYS if kind in GATHERED else NoticeWish.Mail)]


def wish(actor: Actor, kind: str, mail: str) -> None:
    """Keep how this person wishes to be told of one kind."""
    known = kind in KINDS or kind in GATHERED
    if not known or mail not in [value for value, _label in ways_of(kind)]:
        refuse(actor)
    NoticeWish.objects.update_or_create(user=actor.user_id, kind=kind, defaults={"mail": mail})
