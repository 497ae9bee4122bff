"""Letters with a link: asked for on a page, sent by a job, so that the page tells nobody who exists."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from floorwalker.apps.accounts.models import Letter, OneTimeLink, User
from floorwalker.apps.accounts.services.links import make_link

log = logging.getLogger(__name__)

TEMPLATES = {
    OneTimeLink.Purpose.INVITATION.value: "accounts/mail/invitation.txt",
    OneTimeLink.Purpose.RESET.value: "accounts/mail/reset.txt",
}
GIVEN_UP_AFTER = timedelta(hours=1)
LETTERS_AT_ONCE = 100


def ask_for_reset(*, email: str, at: datetime) -> None:
    """Anybody may ask for anybody; only the address itself ever learns the answer."""
    write_letter(purpose=OneTimeLink.Purpose.RESET, email=email, at=at)


def write_letter(*, purpose: OneTimeLink.Purpose, email: str, at: datetime) -> None:
    Letter.objects.create(purpose=purpose, email=email.strip().lower(), asked_at=at)


def send_letters(at: datetime) -> int:
    """Send what waits; the number of letters. Two workers at once do not send one twice."""
    sent = 0
    for letter_id in Letter.objects.order_by("pk").values_list("pk", flat=True)[:LETTERS_AT_ONCE]:
        sent += _send(letter_id, at)
    return sent


@transaction.atomic
def _send(letter_id: int, at: datetime) -> int:
    letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter_id).first()
    if letter is None:
        return 0
    user = User.objects.filter(email=letter.email, is_active=True, service_account=False).first()
    if user is not None:
        with transaction.atomic():
            secret = make_link(purpose=OneTimeLink.Purpose(letter.purpose), user=user, at=at)
        try:
            letter_to(user, TEMPLATES[letter.purpose], secret).send()
        except (OSError, SMTPException) as error:
            log.warning("letter %s was not sent: %s", letter.pk, error)
            if at - letter.asked_at < GIVEN_UP_AFTER:
                return 0
    letter.delete()
    return 1 if user else 0


def letter_to(user: User, template: str, secret: str = "", to: str = "") -> EmailMessage:
    """Plain text; the first line of the template is the subject. To the user's own address unless one is given."""
    link = address_of_link(secret) if secret else ""
    with translation.override(user.language):
        text = render_to_string(template, {"user": user, "link": link})
    subject, _newline, body = text.strip().partition("\n")
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to or user.email])


def address_of_link(secret: str) -> str:
    """Where a link leads; the host is the one of the settings, never the one a request claims."""
    return str(settings.SITE_URL).rstrip("/") + reverse("accounts:link", args=[secret])
