"""Second factors as we keep them: secrets sealed, names in our words."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012  (the library's own attribute)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is wrong or was used before. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email)

    def send_notification_mail(self, *arguments: Any, **more: Any) -> None:
        """Changes of factors are told by a notice, in one voice with everything else."""


def _seal() -> MultiFernet:
    """Today's secret seals; earlier ones of SECRET_KEY_FALLBACKS still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"floorwalker second factors").derive(
        secret.encode()
    )
