"""What is typed about one's own pitch, one form a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models import Pitch
from floorwalker.apps.learning.rules import own_pitch as rules

WOULD_BUY = [
    (1, _("1 – no")),
    (2, _("2 – rather not")),
    (3, _("3 – not sure")),
    (4, _("4 – rather yes")),
    (5, _("5 – yes")),
]


def words(step: str, name: str, label: Any, *, rows: int = 3, help_text: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    most = rules.WORDS[step][name]
    return forms.CharField(label=label, max_length=most, widget=widget, help_text=help_text, **more)


def would_buy(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, choices=WOULD_BUY, widget=forms.RadioSelect)


class PitchForm(forms.Form):
    """How I sell it."""

    product = forms.CharField(
        label=_("What you sell"), max_length=rules.WORDS[rules.PITCH]["product"], help_text=_("Your own choice.")
    )
    words = words(
        rules.PITCH, "words", _("How you sell it"), rows=6, help_text=_("Word for word, as a caller hears it.")
    )


class CustomerForm(forms.Form):
    """I read it as the customer."""

    would_buy = would_buy(_("Would you buy?"))
    why = words(rules.CUSTOMER, "why", _("Why, or why not"))
    objection = words(rules.CUSTOMER, "objection", _("The objection you would raise"), rows=2, required=False)


class OwnerForm(forms.Form):
    """I read it as who owns the brand."""

    change = words(
        rules.OWNER,
        "change",
        _("What you change"),
        help_text=_("It may go on the agenda of a one-to-one, if you want."),
    )
    anew = words(rules.OWNER, "anew", _("The pitch, anew"), rows=6)
    would_buy_anew = would_buy(_("Would you buy it now?"))


class ShowForm(forms.Form):
    """Whether the group sees it."""

    how = forms.ChoiceField(label=_("Who sees your pitch and your answers"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, may_hide_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [each for each in Pitch.Shown.choices if may_hide_name or each[0] != rules.UNNAMED]
        if not may_hide_name:
            field.help_text = _(
                "Without a name only where at least five take part: among fewer it could be guessed."
            )


FORMS: dict[str, type[forms.Form]] = {
    rules.PITCH: PitchForm,
    rules.CUSTOMER: CustomerForm,
    rules.OWNER: OwnerForm,
}
