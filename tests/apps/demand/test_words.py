"""What the reader of a file guessed, in words of the page."""

from __future__ import annotations

from floorwalker.apps.demand.words import readings


def guess(name: str, value: str, why: str = "because") -> dict[str, str]:
    return {"name": name, "value": value, "why": why, "option": "--map"}


def test_guesses_are_said_without_the_readers_keys() -> None:
    """One line each; columns found by their names are a line each, and what is new to the page stays readable."""
    found = readings(
        [
            guess(
                "columns", "offered from 'Calls in', aht_seconds from \"Mean 'AHT'\"", "the names of the columns"
            ),
            guess("start", "column 'When'"),
            guess("unit of talk_seconds", "minutes"),
            guess("step", "30 minutes"),
            guess("id", "column 'Ref' not used"),
            guess("some_new_key", "7"),
        ]
    )
    assert [(str(each.what), each.how) for each in found] == [
        ("Contacts", "column “Calls in”"),
        ("Average handling time", "column “Mean 'AHT'”"),
        ("When it came in", "column “When”"),
        ("Talking, unit", "minutes"),
        ("Length of an interval", "30 minutes"),
        ("Number of the contact", "column “Ref” not used"),
        ("Some new key", "7"),
    ]
