"""Days that differ from their weekday: public holidays, the user's own list, days the centre is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from floorwalker.science.errors import InvalidInput


@dataclass(frozen=True)
class Calendar:
    """What is known about days beforehand.

    ``countries`` are codes of the ``holidays`` package, with an optional subdivision: ``"US"``, ``"DE-BY"``.
    ``special`` names days of the user's own list; the same name in several years is the same kind of day.
    ``closed`` are days on which nobody answers.
    """

    countries: tuple[str, ...] = ()
    special: Mapping[date, str] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "countries", tuple(self.countries))
        object.__setattr__(self, "closed", frozenset(self.closed))
        for country in self.countries:
            _public_holidays(country, 2000)  # an unknown code is refused here, not in the middle of a forecast

    def name(self, day: date) -> str | None:
        """Name of the special day, the user's own name first; None for an ordinary day."""
        if day in self.special:
            return self.special[day]
        for country in self.countries:
            name = _public_holidays(country, day.year).get(day)
            if name is not None:
                return name
        return None

    def names(self, days: Iterable[date]) -> list[str | None]:
        """:meth:`name` of each day."""
        return [self.name(day) for day in days]

    def near_special(self, days: Iterable[date], reach_days: int) -> list[bool]:
        """Whether a special or closed day lies at most ``reach_days`` before or after each day, or on it."""
        around = [timedelta(days=k) for k in range(-reach_days, reach_days + 1)]
        return [any(self._stands_out(day + step) for step in around) for day in days]

    def _stands_out(self, day: date) -> bool:
        return day in self.closed or self.name(day) is not None


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Public holidays by date, in English where the package knows the English name."""
    import holidays  # the package loads slowly and most calls never need it

    code, _, subdivision = country.partition("-")
    try:
        found = holidays.country_holidays(code.upper(), subdiv=subdivision.upper() or None, years=year)
    except (NotImplementedError, KeyError) as error:
        raise InvalidInput(
            f"holidays of {country!r} are not known; give an ISO country code such as 'US', 'NL' or 'DE-BY'"
        ) from error
    if "en_US" in getattr(found, "supported_languages", ()):
        found = holidays.country_holidays(
            code.upper(), subdiv=subdivision.upper() or None, years=year, language="en_US"
        )
    return {day: _plain(name) for day, name in sorted(found.items()) if day.year == year}


def _plain(name: str) -> str:
    """The name without remarks: a holiday observed on a Monday, or estimated by the moon, is the same one."""
    return name.replace(" (observed)", "").replace(" (estimated)", "")
