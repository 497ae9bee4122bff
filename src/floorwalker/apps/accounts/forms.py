"""Shapes of what people type into the pages of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.rules import LONGEST_TOKEN_LIFE, SHORTEST_PASSWORD_WITH_OTHERS
from floorwalker.kernel.roles import Role

PASSWORD_HELP = _("At least 8 characters, 15 if you see other people's data. A few words with spaces are good.")


def zones() -> list[tuple[str, str]]:
    """Places people live in, by name; the odd old names are left out."""
    lands = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    found = sorted(zone for zone in available_timezones() if zone.startswith(lands))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in found)]


class NewPassword(forms.Form):
    """A password chosen once; the browser can show it, so it is not typed twice."""

    email = forms.CharField(
        required=False,
        label=_("E-mail"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "readonly": True}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"].initial = user.email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class EmailOnly(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class NewEmail(EmailOnly):
    """The address one wishes to sign in with."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"].label = _("New e-mail")

    def clean_email(self) -> str:
        email = super().clean_email()
        if email == self.user.email:
            raise forms.ValidationError(_("You sign in with this address already."))
        return email


class Invitation(EmailOnly):
    """Somebody to invite."""

    name = forms.CharField(label=_("Name"), max_length=200)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    field_order = ("name", "email", "zone")


class ServiceAccount(forms.Form):
    name = forms.CharField(label=_("Name of the program"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail of who looks after it"),
        help_text=_("An address no person signs in with; nothing is sent there."),
        max_length=254,
    )


class FirstUser(Invitation):
    """The first user of an empty suite."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 15 characters, because you will see other people's data. A few words are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    everything = forms.BooleanField(
        label=_("I also plan, supervise and evaluate quality, everywhere"),
        help_text=_(
            "Right for a small centre that one person runs, and for a first look: the way to a first week needs a "
            "planner. It can be changed at any time."
        ),
        required=False,
    )
    field_order = ("name", "email", "zone", "password", "everything")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if len(password) < SHORTEST_PASSWORD_WITH_OTHERS:
            raise forms.ValidationError(
                _("Use at least %(shortest)s characters; a few words with spaces are good."),
                params={"shortest": SHORTEST_PASSWORD_WITH_OTHERS},
            )
        name, email = self.cleaned_data.get("name", ""), self.cleaned_data.get("email", "")
        validate_password(password, User(name=name, email=email))
        return password


class Myself(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As others see you."))
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_("Times are shown in it."))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Look"), choices=[("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))]
    )


class RoleToGive(forms.Form):
    """A role and the place where it holds, one list for both."""

    held = forms.ChoiceField(label=_("Role, and where"))

    def __init__(self, *args: Any, places: Iterable[tuple[Role, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["held"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                role.label,
                [(f"{role.value}@{key}", f"{role.label}: {words}") for key, words in where],
            )
            for role, where in places
            if where
        ]


class NewToken(forms.Form):
    """A program's token."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It never does more than its owner may at that moment."),
    )
    days = forms.IntegerField(
        label=_("Days it is good for"), min_value=1, max_value=LONGEST_TOKEN_LIFE.days, initial=90
    )
    networks = forms.CharField(
        label=_("Only from these networks"),
        required=False,
        help_text=_("Addresses such as 192.0.2.0/24, separated by spaces. Empty: from anywhere."),
    )

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = scopes

    def clean_networks(self) -> list[str]:
        return str(self.cleaned_data["networks"]).replace(",", " ").split()


class Search(forms.Form):
    """Filters of the list of users."""

    q = forms.CharField(label=_("Name or e-mail"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=lambda: [("", _("any")), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any")), ("in", _("may sign in")), ("out", _("shut out")), ("program", _("programs"))],
    )
