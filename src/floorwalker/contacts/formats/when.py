"""Which columns say when a contact arrived or an interval began."""

from __future__ import annotations

from collections.abc import Iterable

from floorwalker.contacts.formats.kinds import all_midnight, kind_of, time_kind_of, titles_with_examples
from floorwalker.contacts.formats.profiles import MOMENT_NAMES
from floorwalker.contacts.formats.sheet import Sheet, normalised
from floorwalker.contacts.history import Guess, HistoryError, HistoryQuestion

Columns = dict[str, tuple[int, ...]]


def find_time(sheet: Sheet, used: set[int]) -> Columns:
    """``start``, or ``date`` and perhaps ``time``: by name and cells, else by cells where they leave no doubt."""
    names = [normalised(title) for title in sheet.header]
    named = [names.index(name) for name in MOMENT_NAMES if name in names and names.index(name) not in used]
    kinds = [(column, time_kind_of(sheet, column)) for column in named]
    found = _time_among(sheet, kinds, "its name and its cells say when")
    if found:
        return found
    kinds = [(column, kind_of(sheet, column)) for column in range(len(names)) if column not in used]
    for kind in ("moment", "date"):
        alike = [column for column, its in kinds if its == kind]
        if len(alike) > 1:
            shown = titles_with_examples(sheet, alike)
            raise HistoryQuestion(
                f"Several columns could say when: {shown}. Which one is it?", "--map start=COLUMN"
            )
    found = _time_among(sheet, kinds, "the only column whose cells say when")
    if found:
        return found
    raise _nothing_says_when(sheet, kinds)


def _nothing_says_when(sheet: Sheet, kinds: Iterable[tuple[int, str]]) -> HistoryError:
    months = [column for column, kind in kinds if kind == "month"]
    if months:
        return HistoryError(
            f"Column {titles_with_examples(sheet, months[:1])} holds months; history is read in intervals of up "
            "to a day, so export it by day or finer"
        )
    shown = titles_with_examples(sheet, range(min(len(sheet.header), 12)))
    return HistoryQuestion(
        f"No column says when: {shown}. Which one holds the date or time (add one to the file if none does)?",
        "--map start=COLUMN",
    )


def _time_among(sheet: Sheet, kinds: list[tuple[int, str]], why: str) -> Columns:
    moments, dates, clocks = ([c for c, kind in kinds if kind == wanted] for wanted in ("moment", "date", "clock"))
    if moments and clocks and all_midnight(sheet, moments[0]):
        dates, moments = [moments[0]], []
    found: Columns = {}
    if moments:
        found["start"] = (moments[0],)
    elif dates:
        found["date"] = (dates[0],)
        if clocks:
            found["time"] = (clocks[0],)
    for name, columns in found.items():
        if sheet.header[columns[0]].lower() != name:
            sheet.guesses.append(Guess(name, f"column {sheet.header[columns[0]]!r}", why, f"--map {name}=COLUMN"))
    return found
