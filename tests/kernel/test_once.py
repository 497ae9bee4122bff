"""Within one reading a thing is read once; outside of it, and in the next, anew."""

from __future__ import annotations

from floorwalker.kernel.once import one_reading, read_once

READ: list[tuple[int, str]] = []


@read_once
def answer(number: int, word: str = "") -> list[int]:
    READ.append((number, word))
    return [number]


def test_a_reading_asks_once_and_another_anew() -> None:
    READ.clear()
    with one_reading():
        assert answer(1) is answer(1)
        assert answer(2, word="b") == [2]
        assert READ == [(1, ""), (2, "b")]
    with one_reading():
        answer(1)
    assert READ == [(1, ""), (2, "b"), (1, "")]


def test_outside_a_reading_nothing_is_kept() -> None:
    READ.clear()
    assert answer(1) == answer(1)
    assert len(READ) == 2


def test_a_reading_ends_with_what_breaks_it() -> None:
    READ.clear()
    try:
        with one_reading():
            answer(1)
            raise ValueError
    except ValueError:
        answer(1)
    assert len(READ) == 2
