"""What people are told about: each domain registers its kinds when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from floorwalker.kernel.access import Actor
from floorwalker.kernel.models.notice import NoticeWish

Ref = tuple[str, int]


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    ``text_of`` makes the sentence for a reader, or ``None`` when they may no longer see what it is about;
    ``url_of`` is where it leads. ``urgent`` kinds go out by e-mail at once even outside paid time: only what
    cannot wait, such as a shift of tomorrow that has changed.
    """

    key: str
    title: Any
    text_of: Callable[[Actor, Ref], str | None]
    url_of: Callable[[Ref], str]
    mail: str = NoticeWish.Mail.AT_ONCE
    urgent: bool = False


KINDS: dict[str, Kind] = {}


def kind(
    key: str,
    *,
    title: Any,
    text_of: Callable[[Actor, Ref], str | None],
    url_of: Callable[[Ref], str],
    mail: str = NoticeWish.Mail.AT_ONCE,
    urgent: bool = False,
) -> Kind:
    """Register a kind; said twice, the last counts."""
    KINDS[key] = Kind(key, title, text_of, url_of, mail, urgent)
    return KINDS[key]
