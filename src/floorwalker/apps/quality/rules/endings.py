"""Whether what was said at the end of a contact goes with the code it was closed under. Plain values only.

A question, never a finding: rules read a few words, and how often they are right is measured in
`tests/apps/quality/test_endings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from floorwalker.apps.quality.rules.phrases import Pattern, Wanted, pattern_of, plain, spots

LAST = 6  # turns: what is said before is about the matter, not about how it ended
SAID_OPEN, SAID_DONE = "said_open", "said_done"

# The first that is found counts, so that "not solved" is no "solved".
_OPEN_CODE = re.compile(
    r"\b(un(re)?solved|not|call(ed)?[ -]?back|follow[ -]?up|escalat\w*|pending|open|transferred|waiting)\b"
)
_DONE_CODE = re.compile(r"\b((re)?solved|done|completed?|closed|fixed|refunded|answered|ok)\b")

_OPEN = {
    "agent": (
        "call you back", "will call you", "give you a call", "get back to you", "be in touch",
        "let my manager know", "pass this on", "passed this on", "will escalate", "forward this", "forward it",
        "raised a ticket",
        "opened a ticket", "raise a ticket", "open a ticket", "call again", "let you know", "hear from us",
    ),
    "customer": (
        "still does not", "still doesn't", "still not", "still shows", "still see", "call again", "doesn't help",
        "does not help", "didn't help", "no use", "not solved", "still nothing",
    ),
}  # fmt: skip
_DONE = {
    "agent": ("is cancelled", "have corrected", "have cancelled", "have refunded", "is paid"),
    "customer": (
        "works now", "it works", "works again", "that worked", "that solved", "all good now", "everything is fine",
        "is settled", "it's settled", "has fixed it", "is fixed",
    ),
}  # fmt: skip


def _patterns(words: Mapping[str, Sequence[str]]) -> list[Pattern]:
    return [pattern_of(Wanted(0, each, speaker)) for speaker, texts in words.items() for each in texts]


_OPEN_PATTERNS, _DONE_PATTERNS = _patterns(_OPEN), _patterns(_DONE)


def code_means(disposition: str) -> str:
    """What a code says of the matter: open, done, or nothing that rules could tell."""
    text = plain(disposition)
    if _OPEN_CODE.search(text):
        return "open"
    return "done" if _DONE_CODE.search(text) else ""


def ending(disposition: str, turns: Sequence[Mapping[str, Any]]) -> str:
    """The question a contact raises: coded as done and said to be open, the other way round, or none."""
    code = code_means(disposition)
    if not code:
        return ""
    last = turns[-LAST:]
    said_open, said_done = bool(spots(last, _OPEN_PATTERNS)), bool(spots(last, _DONE_PATTERNS))
    if code == "done" and said_open and not said_done:
        return SAID_OPEN
    if code == "open" and said_done and not said_open:
        return SAID_DONE
    return ""
