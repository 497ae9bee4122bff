"""What the log leaves out: secrets that travel in addresses."""

from __future__ import annotations

import logging
import re

LINK = re.compile(r"(/sign-in/link/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """A one-time link that was refused, or not used up yet, opens nothing for whoever reads the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(LINK.sub(r"\1…", each) if isinstance(each, str) else each for each in record.args)
        return True
