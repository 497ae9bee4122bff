"""The sign-in library's forms where ours ask differently."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

# A code is good for three steps of 30 seconds, because clocks differ; used, it is bad for longer than that.
USED_SECONDS = 180


class _OnceOnly:
    """A code counts once, also within the time in which it would still be right."""

    user: Any

    def clean_code(self) -> str:
        code = "".join(self.data.get("code", "").split())  # type: ignore[attr-defined]
        key = f"accounts:code:{self.user.pk}:{code}"
        found: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(key, True, USED_SECONDS):  # of two at the same moment, one is late
            raise get_adapter().validation_error("incorrect_code")
        return found


class CodeForm(_OnceOnly, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self)


class CodeAgainForm(_OnceOnly, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self)


def _in_our_words(form: Any) -> None:
    field = form.fields["code"]
    field.label = _("Code")
    field.help_text = _("Six digits from your authenticator app, or one of your recovery codes.")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["inputmode"] = "text"


class SignInForm(LoginForm):
    """E-mail and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasswordAgainForm(PasswordAgain):
    """The password as a fresh proof."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("placeholder", None)


# What a made-up answer of a device breaks on inside the library.
MISSHAPEN = (KeyError, TypeError, AttributeError, ValueError, IndexError)


class _AnyShape:
    """Whatever somebody sends in place of a device's answer is a wrong answer and no error of ours."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MISSHAPEN:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyForm(_AnyShape, LoginWebAuthnForm):
    """Signing in by passkey."""


class PasskeySecondForm(_AnyShape, AuthenticateWebAuthnForm):
    """A passkey after a password."""


class PasskeyAgainForm(_AnyShape, ReauthenticateWebAuthnForm):
    """A passkey to prove again who one is."""


class AddPasskeyForm(SignupWebAuthnForm):
    """Every key set up here is a passkey: verified on the device, so that it stands for both factors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this device")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except MISSHAPEN:
            raise get_adapter().validation_error("incorrect_code") from None
