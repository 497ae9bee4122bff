"""Tell somebody something, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.kernel.models.notice import Notice, NoticeWish
from floorwalker.kernel.notices.kinds import KINDS, Kind, Ref
from floorwalker.kernel.notices.readers import not_before

DIGEST_EVERY = timedelta(days=1)


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
