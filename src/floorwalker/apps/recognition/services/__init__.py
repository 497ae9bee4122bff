"""What is done in recognition: `thanks` are said, points move in the `ledger`."""

from floorwalker.apps.recognition.services.ledger import (
    EARNED_KIND,
    REVERSED_KIND,
    NotEnoughPoints,
    NothingToGive,
    NotReversible,
    OperationDiffers,
    PointsWithoutWhy,
    SpentAlready,
    TooLateToReverse,
    award,
    balance,
    bring_together,
    forget_words,
    pay_out,
    reverse,
)
from floorwalker.apps.recognition.services.thanks import (
    THANKED_KIND,
    ThankedToday,
    WhatHappened,
    thank,
    wish,
)

__all__ = [
    "EARNED_KIND",
    "REVERSED_KIND",
    "THANKED_KIND",
    "NotEnoughPoints",
    "NotReversible",
    "NothingToGive",
    "OperationDiffers",
    "PointsWithoutWhy",
    "SpentAlready",
    "ThankedToday",
    "TooLateToReverse",
    "WhatHappened",
    "award",
    "balance",
    "bring_together",
    "forget_words",
    "pay_out",
    "reverse",
    "thank",
    "wish",
]
