"""Writes `slots.css`: `python -m tests.kernel.ui.slots`. A test compares the file with what this would write."""

from __future__ import annotations

from pathlib import Path

import floorwalker.kernel
from floorwalker.kernel.look.grids import MOST_SLOTS

FILE = Path(floorwalker.kernel.__file__).with_name("static") / "floorwalker" / "css" / "slots.css"
HEAD = (
    "/* Places of bars by slots of five minutes, for pages without inline styles; see tests/kernel/ui/slots.py. */"
)


def text() -> str:
    lines = [HEAD, *(f".ui-at-{n}{{--at:{n}}}" for n in range(MOST_SLOTS + 1))]
    lines += [f".ui-{name}-{n}{{--{name}:{n}}}" for name in ("for", "of") for n in range(1, MOST_SLOTS + 1)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
