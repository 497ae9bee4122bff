"""The log: secrets that travel in addresses and headers stay out of it, and nobody writes a line into it."""

from __future__ import annotations

import logging
import re
from typing import Any

LINK = re.compile(r"(/sign-in/link/)[^/\s]+")
TOKEN = re.compile(r"\bfw_[A-Za-z0-9_-]{20,}")
# What ends a line or steers a terminal, also as other scripts and old machines write it; a tab does no harm.
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
INDENT = "    "


class WithoutSecrets(logging.Filter):
    """A one-time link that was refused, or not used up yet, opens nothing for whoever reads the log.

    Nor does a token in an address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without(each) if isinstance(each, str) else each for each in record.args)
        if isinstance(record.msg, str):
            record.msg = _without(record.msg)
        return True


class OneEntryOneLine(logging.Formatter):
    """What somebody sends may be in an entry, and can never look like the next: lines that follow stand in."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the framework's name
        return _one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return _indented(_without(super().formatException(ei)))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _indented(_without(super().formatStack(stack_info)))


def _without(text: str) -> str:
    return TOKEN.sub("fw_…", LINK.sub(r"\1…", text))


def _one_line(text: str) -> str:
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _indented(text: str) -> str:
    return "\n".join(INDENT + _one_line(line) for line in text.splitlines())
