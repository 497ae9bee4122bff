"""How much a file may hold. One set for the whole suite; a caller may pass a tighter one."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of an upload and of what it unpacks to."""

    upload_bytes: int = 25 * MEBIBYTE
    zip_members: int = 200
    unpacked_bytes: int = 100 * MEBIBYTE
    ratio: int = 100
    innocent_bytes: int = MEBIBYTE  # a member this small may be as dense as it likes: empty styles pack 300:1
    rows: int = 1_048_576
    columns: int = 200
    cells: int = 2_000_000
    cell_characters: int = 32_767  # what a cell of a workbook can hold
    record_characters: int = 1_000_000
    text_bytes: int = 100 * MEBIBYTE  # of all cells together: one shared string can stand in a million cells

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"limit {name} is {value!r}; give a whole number from 1 up")


LIMITS = Limits()
