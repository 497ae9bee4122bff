"""What jobs of learning compute in their child process."""

from __future__ import annotations

from typing import Any

from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.duels import Ballot, vote_trading


def search_votes(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:  # noqa: ARG001 - takes a second at most
    """The pairs whose votes for each other the votes of all others do not explain."""
    ballots = [
        Ballot(each["match"], each["voter"], frozenset(each["named"]), frozenset(each["players"]))
        for each in plain["ballots"]
    ]
    found = vote_trading(ballots)
    trades = [
        {"pair": each.pair, "given": each.given, "cast": each.cast, "expected": each.expected}
        for each in found.trades
    ]
    return {"trades": trades, "pairs": found.pairs}
