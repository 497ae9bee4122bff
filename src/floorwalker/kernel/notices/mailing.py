"""Notices by e-mail: what is due for a person goes out in one letter, in the words the page would show."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.kernel.models.notice import Notice
from floorwalker.kernel.notices.readers import Reader, reader_of
from floorwalker.kernel.notices.reading import Told, in_words

LETTERS_AT_ONCE = 500


def send_due(at: datetime) -> int:
    """Send what is due; the number of letters. Run every minute by a job; two at once do not send twice."""
    due = Notice.objects.filter(mail_after__lte=at).values("to_user").annotate(first=Min("mail_after"))
    return sum(send_to(row["to_user"], at) for row in due.order_by("first")[:LETTERS_AT_ONCE])


def send_to(user_id: int, at: datetime) -> bool:
    """One person's letter. What they have read meanwhile, or may no longer see, is left out."""
    with transaction.atomic():
        due = list(
            Notice.objects.select_for_update(skip_locked=True)
            .filter(to_user=user_id, mail_after__lte=at)
            .order_by("at", "pk")
        )
        Notice.objects.filter(pk__in=[each.pk for each in due]).update(mail_after=None, mailed_at=at)
        reader = reader_of(user_id)
        if reader is None:
            return False
        with translation.override(reader.language):
            told = [t for each in due if each.read_at is None and (t := in_words(each, reader.actor))]
            if told:
                letter(reader, told).send()
    return bool(told)


def letter(reader: Reader, told: list[Told]) -> EmailMessage:
    """Plain text: a mail reader must not run anything we write."""
    if len(told) == 1:
        subject = str(told[0].title)
    else:
        subject = ngettext("%(count)s notice", "%(count)s notices", len(told)) % {"count": len(told)}
    context = {"reader": reader, "told": told, "site": settings.SITE_URL}
    body = render_to_string("kernel/notices_mail.txt", context)
    subject = _("Floorwalker: %(subject)s") % {"subject": subject}
    return EmailMessage(" ".join(subject.split()), body, to=[reader.email])
