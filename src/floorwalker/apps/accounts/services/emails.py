"""One's own e-mail changed: wished, confirmed from the new address, told to the old one.

The page answers the same whether or not somebody has the address already; only its mailbox learns more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import EmailWish, Letter, OneTimeLink, OpenSession, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.accounts.refusals import LinkSpent
from floorwalker.apps.accounts.services.letters import GIVEN_UP_AFTER, letter_to
from floorwalker.apps.accounts.services.links import make_link, use_link
from floorwalker.apps.accounts.services.sessions import close_all_sessions
from floorwalker.kernel import audit

log = logging.getLogger(__name__)

Purpose = OneTimeLink.Purpose
FORGOTTEN_AFTER = timedelta(days=1)
AT_ONCE = 100


@transaction.atomic
def wish_email(*, user: User, email: str, at: datetime) -> None:
    """Nothing changes before somebody opens the letter to the new address; the old one is told too."""
    OneTimeLink.objects.filter(user=user, purpose=Purpose.EMAIL, used_at=None).delete()
    values = {"email": email.strip().lower(), "asked_at": at, "written_at": None, "former": ""}
    EmailWish.objects.update_or_create(user=user, defaults=values)
    audit.record(by=actor_of(user), verb="accounts.email_wished", about=("accounts.user", user.pk), at=at)


@transaction.atomic
def confirm_email(*, secret: str, keep: OpenSession | None, at: datetime) -> User:
    """The new address is theirs: every other session ends, and links sent to the old address are void."""
    link = use_link(secret=secret, purposes=[Purpose.EMAIL], at=at)
    wish = EmailWish.objects.select_for_update().select_related("user").filter(user=link.user, former="").first()
    if wish is None:
        raise LinkSpent
    user = wish.user
    wish.former, user.email = user.email, wish.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        raise LinkSpent from None
    wish.written_at = None
    wish.save(update_fields=["former", "written_at"])
    OneTimeLink.objects.filter(user=user, used_at=None).delete()
    Letter.objects.filter(email=wish.former).delete()
    person = actor_of(user)
    audit.record(by=person, verb="accounts.email_changed", about=("accounts.user", user.pk), at=at)
    kept = keep.pk if keep is not None and keep.user_id == user.pk else None
    close_all_sessions(user=user, by=person, why="e-mail changed", at=at, keep=kept)
    return user


def write_of_emails(at: datetime) -> int:
    """Send what waits about wishes, and forget those nobody confirmed; the number of letters."""
    EmailWish.objects.filter(former="", asked_at__lt=at - FORGOTTEN_AFTER).delete()
    waiting = EmailWish.objects.filter(written_at=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_write(wish_id, at) for wish_id in waiting)


@transaction.atomic
def _write(wish_id: int, at: datetime) -> int:
    wishes = EmailWish.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    wish = wishes.filter(pk=wish_id, written_at=None).first()
    if wish is None:
        return 0
    letters = list(_letters(wish, at)) if wish.user.is_active else []
    try:
        for letter in letters:
            letter.send()
    except (OSError, SMTPException) as error:
        log.warning("letters about the e-mail of user %s were not sent: %s", wish.user_id, error)
        if at - wish.asked_at < GIVEN_UP_AFTER:
            return 0
    if wish.former:
        wish.delete()
    else:
        wish.written_at = at
        wish.save(update_fields=["written_at"])
    return len(letters)


def _letters(wish: EmailWish, at: datetime) -> Iterator[EmailMessage]:
    user = wish.user
    if wish.former:
        yield letter_to(user, "accounts/mail/email_changed.txt", to=wish.former)
        return
    if User.objects.filter(email=wish.email).exists():
        yield letter_to(user, "accounts/mail/email_taken.txt", to=wish.email)
    else:
        secret = make_link(purpose=Purpose.EMAIL, user=user, at=at)
        yield letter_to(user, "accounts/mail/email_confirm.txt", secret, to=wish.email)
    yield letter_to(user, "accounts/mail/email_wished.txt")
