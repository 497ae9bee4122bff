"""What no file may bring in: a score of what somebody at work feels (Regulation (EU) 2024/1689, Art. 5(1)(f)).

Dropping such a column without a word would leave whoever sent it believing that it is in use; so the whole file is
refused and says why. What a customer feels may stand in a file; it is left out as other unknown columns are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

FEELINGS = re.compile(
    r"(emotion|sentiment|mood|stress|anger|angry|frustrat|irritat|fatigue|burnout|happiness|feeling|"
    r"stimmung|gefühl|gefuehl|ärger|aerger)"
)
OF_CUSTOMERS = re.compile(r"(customer|caller|client|consumer|kunde|anrufer)")


def of_people_at_work(names: Iterable[str]) -> list[str]:
    """The columns that tell what somebody feels, unless they say it is the customer."""
    return [name for name in names if FEELINGS.search(name.lower()) and not OF_CUSTOMERS.search(name.lower())]
