"""What goes in and out. A field nobody asked for is refused, so that a typing error never passes for a wish."""

from __future__ import annotations

from datetime import date
from typing import Self

from ninja import Schema
from pydantic import ConfigDict, model_validator

from floorwalker.kernel.days import FIRST_YEAR, LAST_YEAR, is_meant


class In(Schema):
    """Base of what callers send."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="after")
    def of_days_that_are_meant(self) -> Self:
        for name, value in self:
            if isinstance(value, date) and not is_meant(value):
                raise ValueError(
                    f"{name} is {value.isoformat()}; give a day from the year {FIRST_YEAR} to {LAST_YEAR}"
                )
        return self


class Out(Schema):
    """Base of what they get."""
