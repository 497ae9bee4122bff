"""What people are told about: each domain registers its kinds when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from floorwalker.kernel.access import Actor
from floorwalker.kernel.models.notice import NoticeWish

Ref = tuple[str, int]
TextsOf = Callable[[Actor, Sequence[Ref]], dict[Ref, str]]


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    ``text_of`` makes the sentence for a reader, or ``None`` when they may no longer see what it is about;
    ``texts_of`` makes many sentences at once, for kinds a person is told of week by week; it leaves out what they
    may no longer see. ``url_of`` is where it leads. ``urgent`` kinds go out by e-mail at once even outside paid
    time: only what cannot wait, such as a shift of tomorrow that has changed.
    """

    key: str
    title: Any
    text_of: Callable[[Actor, Ref], str | None]
    url_of: Callable[[Ref], str]
    mail: str = NoticeWish.Mail.AT_ONCE
    urgent: bool = False
    texts_of: TextsOf | None = None

    def texts(self, actor: Actor, refs: Sequence[Ref]) -> dict[Ref, str]:
        """The sentences for a reader, by what they are about."""
        if self.texts_of:
            return self.texts_of(actor, refs)
        return {ref: text for ref in refs if (text := self.text_of(actor, ref)) is not None}


KINDS: dict[str, Kind] = {}


def kind(
    key: str,
    *,
    title: Any,
    text_of: Callable[[Actor, Ref], str | None],
    url_of: Callable[[Ref], str],
    mail: str = NoticeWish.Mail.AT_ONCE,
    urgent: bool = False,
    texts_of: TextsOf | None = None,
) -> Kind:
    """Register a kind; said twice, the last counts."""
    KINDS[key] = Kind(key, title, text_of, url_of, mail, urgent, texts_of)
    return KINDS[key]
