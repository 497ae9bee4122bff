"""Half-open stretches of time in UTC, and the constraint that nobody is in two places at once.

Ranges know numbers, so an owner's id becomes the range of itself and no extension is needed. A missing owner would
be an unbounded range and collide with everybody, and an empty period collides with nobody: both are kept out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import CheckConstraint, F, Func, Q, Value


@dataclass(frozen=True, order=True)
class Period:
    """From ``start`` until just before ``end``; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs aware moments")
        if self.end <= self.start:
            raise ValueError(f"a period ends after it starts, not {self.start} – {self.end}")

    @property
    def length(self) -> timedelta:
        """Elapsed time, also across a change of clocks."""
        return self.end - self.start

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @property
    def range(self) -> DateTimeTZRange:
        """As the database keeps it."""
        return DateTimeTZRange(self.start, self.end, "[)")

    @classmethod
    def of(cls, value: Any) -> Period:
        """A period from a range of the database."""
        return cls(value.lower, value.upper)


def period_field(**options: Any) -> DateTimeRangeField:
    """A column that holds a period."""
    return DateTimeRangeField(default_bounds="[)", **options)


def no_overlap(
    name: str, *, owner: str, period: str = "period", condition: Q | None = None
) -> ExclusionConstraint:
    """No two rows of one owner overlap in time. ``owner`` names an integer column; rows without are left out."""
    has_owner = Q(**{f"{owner}__isnull": False})
    return apart(name, owner, period=period, condition=has_owner & condition if condition else has_owner)


def apart(name: str, *owners: str, period: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows alike in all of ``owners``, columns that are never empty, overlap in ``period``."""
    alike = [
        (
            Func(F(owner), F(owner), Value("[]"), function="int8range", output_field=BigIntegerRangeField()),
            RangeOperators.OVERLAPS,
        )
        for owner in owners
    ]
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[*alike, (period, RangeOperators.OVERLAPS)],
        condition=condition,
    )


def not_empty(name: str, period: str = "period") -> CheckConstraint:
    """A period has a start, an end after it, and so at least a moment."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{period}__isempty": False, f"{period}__lower_inf": False, f"{period}__upper_inf": False}),
    )
