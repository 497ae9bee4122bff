"""A person's notices, in words made for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from floorwalker.kernel.access import Actor, refuse
from floorwalker.kernel.models.notice import Notice, NoticeWish
from floorwalker.kernel.notices.kinds import KINDS, Ref
from floorwalker.kernel.paging import Rows, page_of


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
    """A page of them, the newest first; what one may no longer read is not in it."""
    rows = Notice.objects.filter(to_user=actor.user_id)
    page = page_of(rows, ["-at", "-pk"], after=after, before=before, limit=limit, counted=True)
    return all_in_words(page.items, actor), page


def unread(actor: Actor) -> int:
    return Notice.objects.filter(to_user=actor.user_id, read_at=None).count()


def mark_read(actor: Actor, at: datetime, notice_id: int | None = None) -> None:
    """Mark one of my notices as read, or all of them."""
    found = Notice.objects.filter(to_user=actor.user_id, read_at=None)
    (found if notice_id is None else found.filter(pk=notice_id)).update(read_at=at)


def mark_one_read(actor: Actor, notice_id: int, at: datetime) -> None:
    """Mark one of my notices as read, or as if there were none when I may not read it."""
    if opened(actor, notice_id, at) is None:
        refuse(actor)


def opened(actor: Actor, notice_id: int, at: datetime) -> str | None:
    """Read one of my notices: where it leads, or nothing when it is not mine or leads nowhere any more."""
    notice = Notice.objects.filter(to_user=actor.user_id, pk=notice_id).first()
    told = in_words(notice, actor) if notice else None
    if told is None:
        return None
    mark_read(actor, at, notice_id)
    return told.url


def wishes(actor: Actor) -> list[tuple[str, Any, str]]:
    """Each kind with how this person is told of it by e-mail."""
    said = dict(NoticeWish.objects.filter(user=actor.user_id).values_list("kind", "mail"))
    return [(key, kind.title, said.get(key, kind.mail)) for key, kind in sorted(KINDS.items())]


def wish(actor: Actor, kind: str, mail: str) -> None:
    """Keep how this person wishes to be told of one kind."""
    if kind not in KINDS or mail not in NoticeWish.Mail.values:
        refuse(actor)
    NoticeWish.objects.update_or_create(user=actor.user_id, kind=kind, defaults={"mail": mail})
