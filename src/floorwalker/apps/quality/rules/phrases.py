"""Finding phrases in what was said, and how well that works. Plain values only.

Words, not feelings: rules look for what a customer came for or what set a talk on edge. Nothing here, nor anywhere
in the suite, infers an emotion of somebody at work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

Z90 = 1.6448536269514722
LEAST_SPOTTED = 20  # labels below which nothing is said of precision
LEAST_OTHERS = 50  # labels of turns without a spot, below which nothing is said of recall
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True)
class Wanted:
    """A phrase to look for. ``client`` None: in contacts of every client."""

    id: int
    text: str
    said_by: str
    client: int | None = None


@dataclass(frozen=True)
class Pattern:
    wanted: Wanted
    found: re.Pattern[str]
    longest: str  # a word every such text holds; asked first, for it is quick


def pattern_of(wanted: Wanted) -> Pattern:
    """Whole words in this order, whatever the case; a comma may stand between them, the end of a sentence not.

    A word that ends in an asterisk stands for all that begin like it, an asterisk alone for any one word.
    """
    words = plain(wanted.text).split()
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    body = r"(?:,?\s+|-)".join(parts)
    longest = max((word.rstrip("*") for word in words), key=len, default="")
    return Pattern(wanted, re.compile(rf"(?<!\w){body}(?!\w)"), longest)


def plain(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).casefold().split())


def sayable(text: str) -> bool:
    """Whether there is a word to look for."""
    return bool(re.search(r"\w{2}", text.replace("*", "")))


def spots(
    turns: Sequence[Mapping[str, Any]], patterns: Iterable[Pattern], client: int | None = None
) -> list[tuple[int, int]]:
    """Phrase and number of the turn, for every turn of the right speaker that holds one."""
    told = [(number, turn["speaker"], plain(str(turn["text"]))) for number, turn in enumerate(turns)]
    return [
        (each.wanted.id, number)
        for each in patterns
        if each.wanted.client in (None, client)
        for number, speaker, text in told
        if speaker == each.wanted.said_by and each.longest in text and each.found.search(text)
    ]


@dataclass(frozen=True)
class Share:
    """A share with its interval of 90 % (Wilson), and the counts it rests on."""

    hits: int
    of: int
    value: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Share:
    """Wilson, Journal of the American Statistical Association 22 (1927)."""
    share, square = hits / of, Z90**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z90 * sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return Share(hits, of, share, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Recall:
    value: float
    low: float
    high: float


def precision(hits: int, of: int) -> Share | None:
    """Of the spots a person looked at, how many hold the phrase; none below the least number."""
    return wilson(hits, of) if of >= LEAST_SPOTTED else None


def recall(found: Share | None, spotted: int, missed: int, others_labelled: int, others: int) -> Recall | None:
    """Of the turns that hold the phrase, how many the rules find.

    ``spotted`` turns hold it as often as ``found`` says; of the ``others`` a sample was labelled, in ``missed`` of
    which it stood. Each share is weighted by the turns it stands for. The interval takes both ends at their worst,
    so it is rather too wide than too narrow.
    """
    if found is None or others_labelled < LEAST_OTHERS or not spotted:
        return None
    lost = wilson(missed, others_labelled)

    def of(right: float, wrong: float) -> float:
        whole = right * spotted + wrong * others
        return right * spotted / whole if whole else 0.0

    return Recall(of(found.value, lost.value), of(found.low, lost.high), of(found.high, lost.low))
