"""Reading the history a command was given: a file, or a folder of the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from floorwalker.cli.files.people_csv import zone_of
from floorwalker.contacts import Guess, History, Store, read_history
from floorwalker.science.errors import InvalidInput

USUAL_STEP_MINUTES = 30
CUSTOMER_OPTION = "--customer-salt"
SHOWN_REJECTS = 10


def read(path: Path, *, zone: str | None, mapping: dict[str, str] | None) -> History:
    """The history of a file, or of a store; customers are never kept for planning."""
    if path.is_dir():
        return Store(path).history(zone=zone)
    found = read_history(path, zone=zone, mapping=mapping)
    return replace(found, guesses=tuple(guess for guess in found.guesses if guess.option != CUSTOMER_OPTION))


def read_for(people: Path | None, path: Path, *, mapping: dict[str, str] | None) -> History:
    """The history where nobody named a zone: days are cut where the people of its queues live.

    Their hours are clock times. Cut in UTC, a morning shift in Boston begins in the afternoon, and who is to be
    home by six fits no shift.
    """
    found = read(path, zone=None, mapping=mapping)
    zone = None if people is None else zone_of(people, found.queues)
    if zone is None:
        return found
    found = read(path, zone=zone, mapping=mapping)
    guess = Guess("zone", zone, "the only one named by the people who work for these queues", "--zone")
    return replace(found, guesses=(guess, *found.guesses))


def plan_step(history: History, minutes: int | None) -> int:
    """Seconds of an interval: as asked, else half-hours, else as fine as the history is."""
    if minutes is not None:
        if minutes < 1:
            raise InvalidInput(f"--step is {minutes}; give minutes, such as 30")
        return minutes * 60
    return max(USUAL_STEP_MINUTES * 60, history.step_seconds or 0)


def reading_lines(history: History) -> list[str]:
    """What was guessed and what was set aside, in words."""
    lines = [f"Guessed: {guess}" for guess in history.guesses]
    if history.rejected:
        lines.append(f"{history.rejected} of {history.read} lines were set aside:")
        bad = [reject for reject in history.rejects if reject.kind == "rejected"]
        lines += [f"  {reject}" for reject in bad[:SHOWN_REJECTS]]
    if history.left_out:
        lines.append(f"{history.left_out} sound lines that are no contacts for an agent were left out")
    if history.duplicates:
        lines.append(f"{history.duplicates} lines came twice and count once")
    return lines
