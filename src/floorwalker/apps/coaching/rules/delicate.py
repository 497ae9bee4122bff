"""Words about health, family, religion and unions in what is written about a person: asked about once more."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, re.Pattern[str]]:
    text = files("floorwalker.apps.coaching.rules").joinpath("delicate.toml").read_text(encoding="utf-8")
    return {
        topic: re.compile(rf"\b(?:{'|'.join(map(re.escape, beginnings))})[\w-]*")
        for topic, beginnings in tomllib.loads(text).items()
    }


def delicate(*texts: str) -> list[tuple[str, str]]:
    """Topic and word, each once, in the order of the list of topics."""
    whole = " \n ".join(texts).lower() + " "
    found = [
        (topic, each.group().strip()) for topic, pattern in _lists().items() for each in pattern.finditer(whole)
    ]
    return list(dict.fromkeys(found))
