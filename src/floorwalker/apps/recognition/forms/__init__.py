"""What people type in recognition."""

from floorwalker.apps.recognition.forms.thanks import (
    SearchForm,
    ThankForm,
    WishForm,
)

__all__ = [
    "SearchForm",
    "ThankForm",
    "WishForm",
]
