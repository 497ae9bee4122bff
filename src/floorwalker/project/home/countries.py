"""Countries and the zones in them, from the tables that come with the zones."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Code and name of each, by name."""
    return tuple(sorted(((code, name) for code, name in _rows("iso3166.tab")), key=lambda each: each[1]))


def country_of(zone: str) -> str:
    """The code of the country a zone is named for; empty for UTC and the like."""
    return _by_zone().get(zone, "")


@cache
def _by_zone() -> dict[str, str]:
    return {row[2]: row[0] for row in _rows("zone.tab")}


def _rows(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
