"""Turns judged by hand, and how the rules of phrases do on them.

``turns.csv`` holds turns written for this purpose; ``says`` is what each says by the reading of a person, whatever
its words, apart by bars. The half ``tune`` is for those who change the bank in ``examples/phrases.csv``; figures
are told of the half ``published`` alone. ``real.csv`` names turns of two public collections by contact and number,
without their words. ``endings.csv`` holds the last turns of contacts and the code they were closed under, and
whether the two contradict each other.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from floorwalker.apps.quality.rules import phrases as rules

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


@dataclass(frozen=True)
class Labelled:
    """A turn, and what a person says it says."""

    speaker: str
    text: str
    says: frozenset[str]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(half: str) -> list[Labelled]:
    return [Labelled(row["speaker"], row["text"], _says(row)) for row in rows("turns.csv") if row["half"] == half]


@dataclass(frozen=True)
class Ending:
    """The last turns of a contact and its code, and whether a person asks whether that fits."""

    disposition: str
    turns: list[dict[str, str]]
    question: bool


def endings(half: str) -> list[Ending]:
    speakers = {"a": "agent", "c": "customer"}
    return [
        Ending(
            row["disposition"],
            [{"speaker": speakers[turn[0]], "text": turn[2:]} for turn in row["turns"].split("|")],
            row["question"] == "yes",
        )
        for row in rows("endings.csv")
        if row["half"] == half
    ]


def real(data: Path) -> list[Labelled]:
    """The turns of ``real.csv`` with their words, from the folder of real contacts."""
    chats = json.loads((data / "abcd-customer-service-chats" / "abcd_sample.json").read_text(encoding="utf-8"))
    by_id = {str(chat["convo_id"]): chat["original"] for chat in chats}
    with gzip.open(data / "bitext-contact-reasons" / "train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        utterances = [row["utterance"] for row in csv.DictReader(file)]
    found = []
    for row in rows("real.csv"):
        place = int(row["turn"])
        text = by_id[row["contact"]][place][1] if row["source"] == "abcd" else utterances[place]
        found.append(Labelled(row["speaker"], text, _says(row)))
    return found


def _says(row: dict[str, str]) -> frozenset[str]:
    return frozenset(filter(None, row["says"].split("|")))


@dataclass(frozen=True)
class Bank:
    """The phrases of ``examples/phrases.csv``, by group."""

    groups: tuple[str, ...]  # of each phrase
    speakers: dict[str, str]
    patterns: tuple[rules.Pattern, ...]

    def says(self, turn: Labelled) -> frozenset[str]:
        spots = rules.spots([{"speaker": turn.speaker, "text": turn.text}], self.patterns)
        return frozenset(self.groups[number] for number, _ in spots)


def the_bank() -> Bank:
    with (ROOT / "examples" / "phrases.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return Bank(
        tuple(row["group"] for row in found),
        {row["group"]: row["said_by"] for row in found},
        tuple(rules.pattern_of(rules.Wanted(n, row["phrase"], row["said_by"])) for n, row in enumerate(found)),
    )


def table(bank: Bank, turns: Iterable[Labelled]) -> list[str]:
    """Lines of a document: precision and recall of each group, with intervals of 90 % and counts."""
    seen = [(turn.says, bank.says(turn)) for turn in turns]
    lines = []
    whole = [0, 0, 0]
    for group, speaker in bank.speakers.items():
        counts = [
            sum(group in says and group in spotted for says, spotted in seen),
            sum(group in spotted for _, spotted in seen),
            sum(group in says for says, _ in seen),
        ]
        whole = [all_of + more for all_of, more in zip(whole, counts, strict=True)]
        if any(counts):
            lines.append(
                f"| {group} | {speaker} | {share(counts[0], counts[1])} | {share(counts[0], counts[2])} |"
            )
    lines.append(f"| all | | {share(whole[0], whole[1])} | {share(whole[0], whole[2])} |")
    return lines


def share(hits: int, of: int) -> str:
    if not of:
        return "–"
    found = rules.wilson(hits, of)
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f}), {hits} of {of}"
