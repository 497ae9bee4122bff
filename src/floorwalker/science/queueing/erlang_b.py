"""Erlang B: nobody waits; who finds all agents or lines busy is lost."""

from __future__ import annotations

from math import inf

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import kernel


def erlang_b(agents: float, load: float) -> float:
    """Share (0-1) of contacts that find all ``agents`` (or lines) busy, when who finds no free one is lost.

    ``load`` is the offered work in Erlangs (contacts per hour × hours per contact). ``agents`` must be whole.
    Raises InvalidInput. Source: Erlang (1917); Cooper, *Introduction to Queueing Theory* (1981), §3.3.
    """
    if not 0 <= agents < inf or agents != int(agents):
        raise InvalidInput(f"agents is {agents}; Erlang B takes a whole number of agents or lines, 0 or more")
    if not 0 <= load < inf:
        raise InvalidInput(f"load is {load}; give the offered work in Erlangs, 0 or more")
    return kernel.loss(float(agents), float(load))
