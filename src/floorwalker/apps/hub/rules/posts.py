"""What colleagues write to each other: what it is, what its words name, and when somebody is told it waits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

MESSAGE, ASK, PRACTICE, REPLY = "message", "question", "practice", "reply"
BEGINNINGS = (MESSAGE, ASK, PRACTICE)  # what stands by itself; a reply stands under one of them
ALL, SITE, TEAM, QUEUE = "all", "site", "team", "queue"

LONGEST = 4000
TITLE_LETTERS = 110
REPORTS_A_DAY = 5  # of one person; more is a matter to talk about
UNANSWERED_AFTER_DAYS = 2  # working days; then whoever leads there is told, once


# Controls, halves of letters, and marks that turn the direction of what follows; joiners of letters stay.
UNBEARABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]")


def plain(text: str) -> str:
    """Words as they are kept: without what a database, a page or an eye cannot bear."""
    return UNBEARABLE.sub("", text.replace("\r\n", "\n")).strip()


def title_of(text: str) -> str:
    """The first line, cut at a word: nobody is asked for a title."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= TITLE_LETTERS:
        return first
    cut = first[:TITLE_LETTERS]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"


def named_in(text: str, tags: Iterable[tuple[int, str]]) -> int | None:
    """The tag whose name stands in the words, the longest of several: “Refund portal” before “Refund”."""
    folded = text.casefold()
    found = [
        (len(name), tag)
        for tag, name in tags
        if name.strip() and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded)
    ]
    return max(found)[1] if found else None


def asked_before(today: date) -> date:
    """A question of this day or earlier should have had an answer by today."""
    day, left = today, UNANSWERED_AFTER_DAYS
    while left > 0:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return day


def stands_as_judged(edited_at: datetime | None, judged_at: datetime) -> bool:
    """Whether a post says what it said when somebody looked at a report of it."""
    return edited_at is None or edited_at <= judged_at
