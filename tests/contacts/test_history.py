"""The account that every history carries."""

import pandas as pd
import pytest

from floorwalker import contacts
from floorwalker.contacts import Guess, History, HistoryQuestion, Reject
from floorwalker.contacts.history import LEFT_OUT
from floorwalker.contacts.tables import INTERVALS
from floorwalker.science.errors import InvalidInput


def frame(rows):
    return pd.DataFrame({name: [0] * rows for name in INTERVALS.names})


def test_read_is_stored_and_duplicates_and_rejects():
    """A history whose lines do not add up cannot be made."""
    rejects = (Reject(2, "x", "bad"), Reject(3, "y", "menu", LEFT_OUT), Reject(4, "z", "bad"))
    history = History("intervals", frame(4), 8, rejects, duplicates=1)
    assert (history.stored, history.rejected, history.left_out) == (4, 2, 1)
    assert history.reasons() == {"bad": 2, "menu": 1}
    with pytest.raises(InvalidInput, match="9 records were read but 8 are accounted for"):
        History("intervals", frame(4), 9, rejects, duplicates=1)


def test_tables_columns_and_zones_are_checked():
    """Only canonical columns of a known table in a real zone."""
    with pytest.raises(InvalidInput, match="no table is called 'calls'"):
        History("calls", frame(0), 0)
    with pytest.raises(InvalidInput, match="has the columns source_key"):
        History("contacts", frame(0), 0)
    with pytest.raises(InvalidInput, match="not an IANA time zone"):
        History("intervals", frame(0), 0, zone="Nowhere")


def test_guesses_rejects_and_questions_read_as_sentences():
    """What people see."""
    assert str(Guess("zone", "UTC", "no zone", "--zone")) == "zone: UTC (no zone; change with --zone)"
    assert str(Reject(7, "a,b", "torn")) == "line 7: torn: a,b"
    question = HistoryQuestion("Which?", "--map start=COLUMN")
    assert str(question) == "Which? Answer with --map start=COLUMN"


def test_exported_names():
    """What the package offers is what it lists, in order, and every name is there."""
    assert contacts.__all__ == sorted(contacts.__all__, key=lambda name: (name[0].islower(), name))
    assert all(getattr(contacts, name).__name__ == name for name in contacts.__all__)
    with pytest.raises(AttributeError, match="utils"):
        contacts.utils  # noqa: B018
