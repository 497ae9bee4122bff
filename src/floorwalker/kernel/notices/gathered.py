"""What a digest tells beside notices: each domain says what is new where its reader may look."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from floorwalker.kernel.access import Actor
from floorwalker.kernel.models.notice import Notice, NoticeWish
from floorwalker.kernel.notices.kinds import KINDS

AT_MOST = timedelta(days=7)  # who had no digest for longer reads of the last week


@dataclass(frozen=True)
class News:
    """One line of a digest, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True)
class Part:
    """A few lines under a heading."""

    title: str
    news: list[News]


Find = Callable[[Actor, datetime, datetime], Sequence[Part]]


@dataclass(frozen=True)
class Gathered:
    """What a domain tells in a digest; ``find`` gives only what its pages would show this reader."""

    key: str
    title: Any
    find: Find


GATHERED: dict[str, Gathered] = {}
WAYS = (NoticeWish.Mail.DAILY, NoticeWish.Mail.NEVER)


def gather(key: str, *, title: Any, find: Find) -> None:
    """Register what is told with the digest, unless its reader wishes otherwise; said twice, the last counts."""
    GATHERED[key] = Gathered(key, title, find)


def daily_kinds(user_id: int) -> list[str]:
    """The kinds this person is told of once a day, together: what makes a letter a digest."""
    said = dict(NoticeWish.objects.filter(user=user_id).values_list("kind", "mail"))
    return [key for key, kind in KINDS.items() if said.get(key, kind.mail) == NoticeWish.Mail.DAILY]


def last_digest(user_id: int, kinds: Sequence[str], at: datetime) -> datetime:
    """When the digest before went out; a week ago at the earliest."""
    sent = Notice.objects.filter(to_user=user_id, kind__in=kinds, mailed_at__lt=at).aggregate(
        last=Max("mailed_at")
    )
    return max(sent["last"] or at - AT_MOST, at - AT_MOST)


def parts(actor: Actor, since: datetime, at: datetime, told: Container[str]) -> list[Part]:
    """What is new for this reader; what the letter tells already, by its address, is not said twice."""
    never = NoticeWish.objects.filter(user=actor.user_id, mail=NoticeWish.Mail.NEVER).values_list(
        "kind", flat=True
    )
    refused, found = set(never), []
    for each in GATHERED.values():
        if each.key not in refused:
            for part in each.find(actor, since, at):
                news = [News(" ".join(n.text.split()), n.url) for n in part.news if n.url not in told]
                found += [Part(part.title, news)] if news else []
    return found
