"""What people choose about notices."""

from __future__ import annotations

from typing import Any

from django import forms

from floorwalker.kernel.notices.reading import ways_of


class WishesForm(forms.Form):
    """One choice a kind."""

    def __init__(self, *args: Any, wishes: list[tuple[str, Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title, mail in wishes:
            self.fields[key] = forms.ChoiceField(label=title, choices=ways_of(key), initial=mail)
