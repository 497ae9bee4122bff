"""Notices by e-mail: what is due for a person goes out in one letter, in the words the page would show."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.kernel.models.notice import Notice
from floorwalker.kernel.notices import gathered
from floorwalker.kernel.notices.readers import Reader, reader_of
from floorwalker.kernel.notices.reading import Told, all_in_words

log = logging.getLogger(__name__)

LETTERS_AT_ONCE = 500


def send_due(at: datetime) -> int:
    """Send what is due; the number of letters. Run every minute by a job; two at once do not send twice."""
    due = Notice.objects.filter(mail_after__lte=at).values("to_user").annotate(first=Min("mail_after"))
    return sum(send_to(row["to_user"], at) for row in due.order_by("first")[:LETTERS_AT_ONCE])


def send_to(user_id: int, at: datetime) -> bool:
    """One person's letter. What they have read meanwhile, or may no longer see, is left out.

    It is marked as sent before it leaves: a crash in between loses a letter whose news still stands in the list,
    where the other order would write twice. An address that is refused does not keep the others waiting.
    """
    written = take(user_id, at)
    if written is None:
        return False
    try:
        written.send()
    except (OSError, SMTPException):
        log.exception("a letter about notices could not be sent")
        return False
    return True


@transaction.atomic
def take(user_id: int, at: datetime) -> EmailMessage | None:
    """The letter that is due for a person, taken out of what waits; nothing when there is nothing to say."""
    due = list(
        Notice.objects.select_for_update(skip_locked=True)
        .filter(to_user=user_id, mail_after__lte=at)
        .order_by("at", "pk")
    )
    Notice.objects.filter(pk__in=[each.pk for each in due]).update(mail_after=None, mailed_at=at)
    reader = reader_of(user_id)
    if reader is None or not due:
        return None
    with translation.override(reader.language):
        told = all_in_words(newest_of_each([each for each in due if each.read_at is None]), reader.actor)
        news = digest_of(reader, due, told, at)
        return letter(reader, told, news) if told or news else None


def digest_of(reader: Reader, due: list[Notice], told: list[Told], at: datetime) -> list[gathered.Part]:
    """What else is new since the last digest; only a letter that is a digest brings it."""
    user = due[0].to_user
    kinds = gathered.daily_kinds(user)
    if not any(each.kind in kinds for each in due):
        return []
    since = gathered.last_digest(user, kinds, at)
    return gathered.parts(reader.actor, since, at, {each.url for each in told})


def newest_of_each(notices: list[Notice]) -> list[Notice]:
    """Of several about the same thing the last: the words say how it stands now, and would be said twice."""
    return list({(each.kind, each.ref_kind, each.ref_id): each for each in notices}.values())


def letter(reader: Reader, told: list[Told], news: Sequence[gathered.Part] = ()) -> EmailMessage:
    """Plain text: a mail reader must not run anything we write."""
    if not told:
        subject = _("since your last digest")
    elif len(told) == 1:
        subject = str(told[0].title)
    else:
        subject = ngettext("%(count)s notice", "%(count)s notices", len(told)) % {"count": len(told)}
    context = {"reader": reader, "told": told, "news": news, "site": settings.SITE_URL}
    body = render_to_string("kernel/notices_mail.txt", context)
    subject = _("Floorwalker: %(subject)s") % {"subject": subject}
    return EmailMessage(" ".join(subject.split()), body, to=[reader.email])
