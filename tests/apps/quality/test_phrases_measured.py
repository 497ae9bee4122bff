"""How well the bank of examples/phrases.csv finds what people say: recomputed, and told as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from floorwalker.apps.quality.models import Owner
from floorwalker.apps.quality.rules import phrases as rules
from tests.apps.quality import labelled

PAGE = labelled.ROOT / "docs" / "science" / "phrases.md"


@pytest.fixture(scope="module")
def bank() -> labelled.Bank:
    return labelled.the_bank()


def told() -> list[str]:
    return PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_tells_what_is_measured(bank: labelled.Bank) -> None:
    """Each line of the first table, from the half nobody tuned on; counts of turns too."""
    turns = labelled.written("published")
    lines = labelled.table(bank, turns)
    assert [line for line in lines if line not in told()] == []
    assert PAGE.read_text(encoding="utf-8").count(f"{len(turns)} turns were written for this page") == 1


def test_the_page_tells_what_is_measured_on_turns_of_others(bank: labelled.Bank, data: Path) -> None:
    """Each line of the second table, with the words read from the folder of real contacts."""
    for name in ("abcd-customer-service-chats", "bitext-contact-reasons"):
        if not (data / name).is_dir():
            pytest.skip(f"{name} is not in FLOORWALKER_DATA")
    turns = labelled.real(data)
    assert len(turns) >= 150
    assert [line for line in labelled.table(bank, turns) if line not in told()] == []


def test_the_halves_share_no_turn_and_every_group_is_in_both(bank: labelled.Bank) -> None:
    """A turn tuned on is not told of; no label names a group the bank does not have."""
    tune, published = (labelled.written(half) for half in ("tune", "published"))
    assert not {turn.text for turn in tune} & {turn.text for turn in published}
    for turns in (tune, published):
        assert set().union(*(turn.says for turn in turns)) == set(bank.speakers)
        assert all(bank.speakers[group] == turn.speaker for turn in turns for group in turn.says)


def test_a_bank_that_finds_everything_is_seen_to_be_wrong(bank: labelled.Bank) -> None:
    """The naive twin: a word everybody says finds all and is right in few."""
    everything = labelled.Bank(
        ("waiting",), {"waiting": "customer"}, (rules.pattern_of(rules.Wanted(0, "i", "customer")),)
    )
    turns = labelled.written("published")

    def shares(of: labelled.Bank) -> tuple[int, int]:
        spotted = [turn for turn in turns if "waiting" in of.says(turn)]
        return sum("waiting" in turn.says for turn in spotted), len(spotted)

    right, found = shares(everything)
    assert right / found < 0.5
    right, found = shares(bank)
    assert right / found > 0.8


def test_the_bank_can_be_read_in(bank: labelled.Bank) -> None:
    """Every phrase is sayable, short enough, once, and for somebody who could mend it."""
    rows = [line.split(",") for line in (labelled.ROOT / "examples" / "phrases.csv").read_text().splitlines()[1:]]
    assert len({(row[1].casefold(), row[2]) for row in rows}) == len(rows) == len(bank.groups)
    assert all(rules.sayable(row[1]) and len(row[1]) <= 120 and row[3] in Owner.values for row in rows)
