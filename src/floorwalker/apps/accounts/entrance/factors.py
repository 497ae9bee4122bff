"""Second factors as we keep them: secrets sealed, names in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.devices import device_words
from floorwalker.kernel.sealing import opened, sealed

SECRETS = "second factors"


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012  (the library's own attribute)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is wrong or was used before. Wait for the next one and try again."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text, SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, SECRETS)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  (the library's name)
        """What a new passkey is called until its owner says otherwise: the device they sit at."""
        return device_words(get_account_adapter().get_http_user_agent(context.request))

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.email)

    def send_notification_mail(self, *arguments: Any, **more: Any) -> None:
        """Changes of factors are told by a notice, in one voice with everything else."""
