"""What people type when they say thanks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from floorwalker.apps.recognition.models import Thanks, Visibility
from floorwalker.apps.recognition.rules.thanks import needs_words


class SearchForm(forms.Form):
    needed_at_times = ("q",)

    q = forms.CharField(
        label=_("Whom do you thank?"), max_length=80, required=False, help_text=_("A name, or a part of it.")
    )


class ThankForm(forms.Form):
    """To one colleague."""

    colleague = forms.CharField(max_length=40, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What for"), choices=Thanks.Kind.choices, initial=Thanks.Kind.THANKS)
    words = forms.CharField(
        label=_("Your words"),
        max_length=500,
        required=False,
        help_text=_("For the extra mile: what happened. Else as you like, or none."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Visibility.choices,
        initial=Visibility.SITE,
        help_text=_("Never more than the one you thank wishes; unless they said otherwise, you two alone."),
    )

    points = forms.BooleanField(label=_("With points"), required=False)

    def __init__(self, *args: Any, points_left: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not points_left:
            del self.fields["points"]
        else:
            self.fields["points"].help_text = ngettext(
                "You can give points with %(n)d more thanks this month.",
                "You can give points with %(n)d more thanks this month.",
                points_left,
            ) % {"n": points_left}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if needs_words(given.get("kind", "")) and not given.get("words", "").strip():
            self.add_error("words", _("Write what happened: the extra mile is told with it."))
        return given


class WishForm(forms.Form):
    widest = forms.ChoiceField(
        label=_("Who may see thanks to you"), choices=Visibility.choices, widget=forms.RadioSelect
    )
