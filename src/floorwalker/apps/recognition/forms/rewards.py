"""What people type about rewards and fun days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site
from floorwalker.apps.recognition.forms.points import an_operation, day_field


class WishForRewardForm(forms.Form):
    name = forms.CharField(label=_("What would you like?"), max_length=120)
    what = forms.CharField(
        label=_("More about it"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AskForm(forms.Form):
    """The price as it was read, and the name of the operation."""

    points = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    once = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", an_operation())


class VoteForm(forms.Form):
    wanted = forms.BooleanField(required=False, widget=forms.HiddenInput)


class OfferForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    what = forms.CharField(
        label=_("What it is"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    site_id = forms.TypedChoiceField(label=_("For the people of"), coerce=int)
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=1_000_000)
    stock = forms.IntegerField(
        label=_("How many there are"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as many as are asked for."),
    )
    days = forms.IntegerField(
        label=_("Delivered within so many days"),
        min_value=1,
        max_value=365,
        initial=14,
        help_text=_("A promise of yours to everybody who asks for it."),
    )

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, each.name) for each in sites]


class FunDayForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    site_id = forms.TypedChoiceField(label=_("For the people of"), coerce=int)
    day = day_field(_("Day"))
    what = forms.CharField(label=_("What happens"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    remote = forms.CharField(
        label=_("How to take part from home"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody is left out who works from home."),
    )

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, each.name) for each in sites]


class ShowForm(forms.Form):
    words = forms.CharField(
        label=_("Your part in it"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Describe it: your hat, your socks, your desk. Everybody of the site reads it."),
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP. Where and with what it was taken is removed."),
    )
    alt = forms.CharField(
        label=_("What is to be seen"), max_length=200, help_text=_("For colleagues who cannot see it.")
    )
    agreed = forms.BooleanField(
        label=_("Everybody who can be recognised on it agreed"),
        help_text=_("Ask first. Nobody is shown who did not agree, and no screen with customers' names either."),
    )
