"""What a reader hands on: the rows it understood, and an account of every line it did not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from floorwalker.contacts.tables import TABLES, Table
from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import zone_info

REJECTED = "rejected"
LEFT_OUT = "left out"


class HistoryError(InvalidInput):
    """A history file that cannot be read at all: the sentence says why and what to do."""


class HistoryQuestion(HistoryError):
    """One question stands between the file and its table; ``option`` is what answers it."""

    def __init__(self, question: str, option: str) -> None:
        super().__init__(f"{question} Answer with {option}")
        self.question = question
        self.option = option


@dataclass(frozen=True)
class Guess:
    """Something the reader decided for the user: what, why, and the option that changes it."""

    name: str
    value: str
    why: str
    option: str

    def __str__(self) -> str:
        return f"{self.name}: {self.value} ({self.why}; change with {self.option})"


@dataclass(frozen=True)
class Reject:
    """One record that is not in the table.

    ``kind`` is ``rejected`` for a line that cannot be right, ``left out`` for a sound line that its layout
    says is no contact (a caller who left in the menu, a phantom call).
    """

    line: int
    text: str
    reason: str
    kind: str = REJECTED

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}: {self.text}"


@dataclass(frozen=True, eq=False)
class History:
    """Contact history in canonical columns (see :mod:`floorwalker.contacts.tables`).

    ``frame`` holds the table ``contacts`` or ``intervals``, times in UTC seconds; ``read`` counts the records
    of the source. Always read = stored + duplicates + rejects, left-out lines being rejects of their own kind.
    ``zone`` is the zone of the calendar ("UTC" with a guess when nobody named one), ``step_seconds`` the
    length of the intervals (None for a log), ``source_hash`` the SHA-256 of the file as it lies on disk.
    """

    table: str
    frame: pd.DataFrame
    read: int
    rejects: tuple[Reject, ...] = ()
    duplicates: int = 0
    guesses: tuple[Guess, ...] = ()
    zone: str = "UTC"
    step_seconds: int | None = None
    source: str = ""
    source_hash: str = ""
    layout: str = field(default="generic")

    def __post_init__(self) -> None:
        if self.table not in TABLES:
            raise InvalidInput(f"no table is called {self.table!r}; there are {', '.join(TABLES)}")
        expected = self.schema.names
        if tuple(self.frame.columns) != expected:
            raise InvalidInput(
                f"a history of {self.table} has the columns {', '.join(expected)}, "
                f"got {', '.join(map(str, self.frame.columns))}"
            )
        accounted = self.stored + self.duplicates + len(self.rejects)
        if accounted != self.read:
            raise InvalidInput(
                f"{self.read} records were read but {accounted} are accounted for: {self.stored} stored, "
                f"{self.duplicates} duplicates, {len(self.rejects)} set aside"
            )
        zone_info(self.zone)

    @property
    def schema(self) -> Table:
        return TABLES[self.table]

    @property
    def stored(self) -> int:
        return len(self.frame)

    @property
    def rejected(self) -> int:
        """Lines that cannot be right."""
        return sum(reject.kind == REJECTED for reject in self.rejects)

    @property
    def left_out(self) -> int:
        """Sound lines that the layout says are no contacts."""
        return sum(reject.kind == LEFT_OUT for reject in self.rejects)

    @property
    def queues(self) -> tuple[str, ...]:
        return tuple(sorted(self.frame["queue"].unique()))

    def reasons(self) -> dict[str, int]:
        """How many lines were set aside for each reason, most frequent first."""
        return dict(Counter(reject.reason for reject in self.rejects).most_common())
