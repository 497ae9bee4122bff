"""Whether the audit is what it was: every entry hashed anew, each tied to the one before and to heads outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from floorwalker.kernel.audit.heads import Head, noted

START = "0" * 64
AT_ONCE = 5000
ROWS = """
    SELECT id, seq, previous, hash, jsonb_build_array(
        seq, id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        actor_kind, actor_id, actor_name, actor_user, verb, about_kind, about_id, person, facts
    )::text
    FROM kernel_entry ORDER BY seq NULLS LAST
"""


@dataclass(frozen=True)
class Breach:
    """The first entry that is not as it was."""

    seq: int
    text: str


@dataclass(frozen=True)
class Verdict:
    """What verifying found."""

    entries: int
    heads: int
    breach: Breach | None = None

    @property
    def whole(self) -> bool:
        return self.breach is None


def verify(tell: Callable[[int], object] = lambda _entries: None) -> Verdict:
    """Hash every entry anew. The rows come in a stream, so memory does not grow with them."""
    heads = list(noted())
    check = Check(heads)
    with transaction.atomic():
        for row in rows():
            if check.breach_of(*row):
                break
            if check.seq % AT_ONCE == 0:
                tell(check.seq)
    return Verdict(check.seq, len(heads), check.found or check.breach_at_the_end())


def rows() -> Iterator[tuple[Any, ...]]:
    """Every entry in the order of the chain, by a cursor of the server's."""
    connection.ensure_connection()
    # Past Django's own cursors nobody else turns the driver's errors into Django's, which callers look for.
    with connection.wrap_database_errors, connection.connection.cursor(name="audit_verify") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(ROWS)
        yield from cursor


class Check:
    """Walks along the chain and stops at the first entry that does not fit."""

    def __init__(self, heads: list[Head]) -> None:
        self.seq, self.hash = 0, START
        self.heads = {head.seq: head for head in heads}
        self.last_good = 0
        self.found: Breach | None = None
        if foreign := next((head for head in heads if not head.hash), None):
            text = _("The file of heads was changed (%(line)s); keep it as evidence and compare it with a copy.")
            self.found = Breach(0, text % {"line": foreign.at})

    def breach_of(self, key: int, seq: int | None, previous: str | None, hashed: str | None, text: str) -> bool:
        """Whether this entry, or the one before it, is not as it was."""
        fits = self.found is None and (seq, previous) == (self.seq + 1, self.hash)
        if fits and hashed == sha256((self.hash + text).encode()).hexdigest():
            self.seq, self.hash = self.seq + 1, hashed
            return self._head_differs()
        self.found = self.found or self._why(key, seq, previous, hashed, text)
        return True

    def _why(self, key: int, seq: int | None, previous: str | None, hashed: str | None, text: str) -> Breach:
        expected = self.seq + 1
        if seq is None:
            return Breach(expected, _("A row (%(id)s) was put in beside the chain.") % {"id": key})
        if seq != expected:
            return Breach(expected, _("Entry %(seq)s is missing.") % {"seq": expected})
        if sha256(((previous or "") + text).encode()).hexdigest() == hashed and self.seq:
            # It fits the entry it was tied to, so that one is another now.
            return Breach(self.seq, _("Entry %(seq)s was rewritten.") % {"seq": self.seq})
        return Breach(seq, _("Entry %(seq)s was changed.") % {"seq": seq})

    def _head_differs(self) -> bool:
        """Whether something else was noted for this place outside the database."""
        head = self.heads.get(self.seq)
        if head is not None and head.hash != self.hash:
            text = _("Entries %(first)s to %(seq)s were rewritten: on %(at)s another entry %(seq)s was noted.")
            first = self.last_good + 1
            self.found = Breach(first, text % {"first": first, "seq": self.seq, "at": head.at})
        elif head is not None:
            self.last_good = self.seq
        return self.found is not None

    def breach_at_the_end(self) -> Breach | None:
        """Whether there were more entries once."""
        last = max(self.heads.values(), key=lambda head: head.seq, default=None)
        if last is None or last.seq <= self.seq:
            return None
        text = _("Entries from %(first)s on are missing: on %(at)s there were %(seq)s.")
        return Breach(self.seq + 1, text % {"first": self.seq + 1, "at": last.at, "seq": last.seq})
