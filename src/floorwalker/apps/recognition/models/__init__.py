"""Tables of recognition: `thanks` and how far they are shown, the `ledger` of points."""

from floorwalker.apps.recognition.models.ledger import (
    Account,
    Entry,
)
from floorwalker.apps.recognition.models.thanks import (
    Thanks,
    ThanksWish,
    Visibility,
)

__all__ = [
    "Account",
    "Entry",
    "Thanks",
    "ThanksWish",
    "Visibility",
]
