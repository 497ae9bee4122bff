"""Days as people send them: a year typed wrong is refused where it comes in, not met where the calendar ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import NotFound

FIRST_YEAR, LAST_YEAR = 1900, 2199


def is_meant(value: date) -> bool:
    """Whether somebody can mean this day or moment; beyond, a week more or less is a day that does not exist."""
    return FIRST_YEAR <= value.year <= LAST_YEAR


def day_in(text: str) -> date | None:
    """The day an address names, as 2026-11-30 or 2026-W49; None where it names none that is meant."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if is_meant(found) else None


def the_day(text: str) -> date:
    """The same of an address that stands and falls with its day."""
    found = day_in(text)
    if found is None:
        raise NotFound
    return found


def refuse_far_days(value: Any) -> None:
    """What every form says of such a day."""
    if isinstance(value, date) and not is_meant(value):
        raise ValidationError(
            _("Enter a day from the year %(first)s to %(last)s."),
            code="far_day",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
