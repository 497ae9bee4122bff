"""What somebody types into a search, as PostgreSQL reads it, and where it stands in a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MOST_WORDS = 10
LONGEST_WORD = 60
BEGINNING_FROM = 3  # letters: from here on a word also finds those that begin with it
AROUND_LETTERS = 90
WORD = re.compile(r"[^\W_]+")


class Part(NamedTuple):
    """A piece of a text, found or beside it."""

    text: str
    hit: bool


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search, each once; whatever is no letter or figure parts them and means nothing."""
    found = (word.casefold()[:LONGEST_WORD] for word in WORD.findall(text))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def query_of(words: tuple[str, ...]) -> str:
    """All of the words; of letters and figures alone, so that no operator of theirs comes through."""
    return " & ".join(f"{word}:*" if len(word) >= BEGINNING_FROM else word for word in words)


def marked(text: str, words: tuple[str, ...]) -> list[Part]:
    """The place in a text where the first of the words stands, in parts: found or beside it. Nothing is markup."""
    text = " ".join(text.split())
    found = _pattern(words).search(text) if words else None
    begin = max(0, (found.start() if found else 0) - AROUND_LETTERS)
    end = min(len(text), (found.end() if found else 0) + AROUND_LETTERS)
    if begin:
        begin = text.find(" ", begin, begin + AROUND_LETTERS) + 1 or begin
    if end < len(text):
        end = text.rfind(" ", end - AROUND_LETTERS, end) if " " in text[end - AROUND_LETTERS : end] else end
    piece = f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"
    if not words:
        return [Part(piece, False)]
    parts, at = list[Part](), 0
    for hit in _pattern(words).finditer(piece):
        parts += [Part(piece[at : hit.start()], False), Part(hit[0], True)]
        at = hit.end()
    return [part for part in (*parts, Part(piece[at:], False)) if part.text]


@lru_cache(maxsize=200)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, and those that begin with one that is long enough."""
    ways = (re.escape(word) + (r"[^\W_]*" if len(word) >= BEGINNING_FROM else r"(?![^\W_])") for word in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})", re.IGNORECASE)
