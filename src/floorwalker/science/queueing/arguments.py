"""Checks of what the queueing formulas are given."""

from __future__ import annotations

from math import inf

from floorwalker.science.errors import InvalidInput

LARGEST_LOAD = 1e8  # Erlangs; larger than mankind, and still solved in a second
MOST_AGENTS = 1e9


def check_agents(agents: float) -> None:
    """A number of agents is not negative and can be counted; it may be fractional."""
    if not 0 <= agents <= MOST_AGENTS:
        raise InvalidInput(f"agents is {agents}; give a number of agents, 0 to {MOST_AGENTS:,.0f}")


def check_demand(contacts: float, interval_seconds: float, aht_seconds: float) -> None:
    """Contacts are 0 or more, the interval and the handling time above 0, all finite; no absurd load."""
    if not 0 <= contacts < inf:
        raise InvalidInput(f"contacts is {contacts}; give the expected contacts of the interval, 0 or more")
    if not 0 < interval_seconds < inf:
        raise InvalidInput(f"interval_seconds is {interval_seconds}; give its length in seconds, above 0")
    if not 0 < aht_seconds < inf:
        raise InvalidInput(f"aht_seconds is {aht_seconds}; give the mean handling time in seconds, above 0")
    if not contacts * aht_seconds / interval_seconds <= LARGEST_LOAD:
        raise InvalidInput(
            f"{contacts:g} contacts of {aht_seconds:g} s in {interval_seconds:g} s are too many: that is work for "
            f"more than {LARGEST_LOAD:,.0f} agents; check the numbers and their units"
        )


def check_patience(patience_seconds: float) -> None:
    """Patience is above 0; infinite patience is Erlang C."""
    if not patience_seconds > 0:
        raise InvalidInput(
            f"patience_seconds is {patience_seconds}; give the mean time callers are willing to wait, above 0"
        )


def check_redial_share(redial_share: float) -> None:
    """A share is 0 to 1."""
    if not 0 <= redial_share <= 1:
        raise InvalidInput(f"redial_share is {redial_share}; give a share between 0 and 1 (0.4 is 40 %)")
