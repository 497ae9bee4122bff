"""What is typed around every activity: a question for its box, and the answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.rules.activities import LONGEST_ANSWER, LONGEST_QUESTION


class BoxForm(forms.Form):
    words = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody is told whose it is or when it came. The answer is read by the whole group."),
    )


class BoxAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("The answer, or why there is none"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
