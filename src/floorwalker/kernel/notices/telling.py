"""Tell somebody something, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Min

from floorwalker.kernel.models.notice import Notice, NoticeWish
from floorwalker.kernel.notices.kinds import KINDS, Kind, Ref
from floorwalker.kernel.notices.readers import not_before, not_before_for

DIGEST_EVERY = timedelta(days=1)
AT_ONCE = 2000  # rows in one statement


def notify(*, to: int, kind: str, ref: Ref, once: str, at: datetime) -> bool:
    """Tell user ``to``; whether it is news. Called inside the transaction that has the news.

    ``once`` names the news: a second call with it does nothing, so a job that runs again tells nobody twice.
    """
    known = KINDS[kind]
    _, new = Notice.objects.get_or_create(
        to_user=to,
        once=once,
        defaults={
            "kind": kind,
            "ref_kind": ref[0],
            "ref_id": ref[1],
            "at": at,
            "mail_after": mail_after(to, known, at),
        },
    )
    return new


def notify_many(*, to: Iterable[int], kind: str, ref: Ref, once: str, at: datetime) -> None:
    """Tell many users the same news, each once, in a few statements however many they are."""
    known, users = KINDS[kind], list(dict.fromkeys(to))
    mails = mails_after(users, known, at)
    Notice.objects.bulk_create(
        (
            Notice(
                to_user=user,
                once=once,
                kind=kind,
                ref_kind=ref[0],
                ref_id=ref[1],
                at=at,
                mail_after=mails.get(user),
            )
            for user in users
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def mails_after(users: list[int], kind: Kind, at: datetime) -> dict[int, datetime]:
    """When the e-mail of each may go, as `mail_after` says it for one; who wishes none is left out."""
    wished = dict(NoticeWish.objects.filter(user__in=users, kind=kind.key).values_list("user", "mail"))
    ways = {user: wished.get(user, kind.mail) for user in users}
    at_once = [user for user in users if ways[user] == NoticeWish.Mail.AT_ONCE]
    daily = [user for user in users if ways[user] == NoticeWish.Mail.DAILY]
    waiting = Notice.objects.filter(to_user__in=daily, mail_after__gt=at).values_list("to_user")
    gathered: dict[int, datetime] = dict(waiting.annotate(first=Min("mail_after")))
    alone = [user for user in daily if user not in gathered]
    found = dict.fromkeys(at_once, at) if kind.urgent else not_before_for(at_once, at)
    return found | gathered | not_before_for(alone, at + DIGEST_EVERY)


def mail_after(to: int, kind: Kind, at: datetime) -> datetime | None:
    """When the e-mail may go: by the person's wish, and not into their free time unless it cannot wait."""
    wish = NoticeWish.objects.filter(user=to, kind=kind.key).values_list("mail", flat=True).first() or kind.mail
    if wish == NoticeWish.Mail.NEVER:
        return None
    if wish == NoticeWish.Mail.DAILY:
        return not_before(to, next_digest(to, at))
    return at if kind.urgent else not_before(to, at)


def next_digest(to: int, at: datetime) -> datetime:
    """A day after the oldest that still waits, so that what gathers goes out together."""
    waiting = Notice.objects.filter(to_user=to, mail_after__gt=at).order_by("mail_after").first()
    if waiting is not None and waiting.mail_after is not None:
        return waiting.mail_after
    return at + DIGEST_EVERY
