"""E-mails with a link in them, in plain text."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from floorwalker.apps.accounts.models import User


def address_of_link(secret: str) -> str:
    """Where a link leads; the host is the one of the settings, never the one a request claims."""
    return settings.SITE_URL.rstrip("/") + reverse("accounts:link", args=[secret])


def send_letter(template: str, user: User, secret: str) -> None:
    """The first line of the template is the subject."""
    with translation.override(user.language):
        text = render_to_string(
            template, {"user": user, "link": address_of_link(secret), "site": settings.SITE_URL}
        )
    subject, _newline, body = text.strip().partition("\n")
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[user.email]).send()
