"""What jobs of learning compute in their child process."""

from __future__ import annotations

from typing import Any

from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.duels import Ballot, Duel, Search, thrown_duels, vote_trading


def search_votes(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:  # noqa: ARG001 - takes a second at most
    """The pairs whose votes for each other, or whose duels with each other, those of all others do not explain."""
    ballots = [
        Ballot(each["match"], each["voter"], frozenset(each["named"]), frozenset(each["players"]))
        for each in plain["ballots"]
    ]
    duels = [Duel(each["match"], tuple(each["players"]), frozenset(each["short"])) for each in plain["duels"]]
    return {"votes": _plain(vote_trading(ballots)), "duels": _plain(thrown_duels(duels))}


def _plain(found: Search) -> dict[str, Any]:
    trades = [
        {"pair": each.pair, "given": each.given, "cast": each.cast, "expected": each.expected}
        for each in found.trades
    ]
    return {"trades": trades, "pairs": found.pairs}
