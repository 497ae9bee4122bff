"""How many contacts a model expects and how much work they are, before anything is simulated."""

from __future__ import annotations

from floorwalker.science.simulation.agents import AgentGroup, Skill
from floorwalker.science.simulation.contact_type import Channel, ContactType
from floorwalker.science.simulation.model import Model

HOUR = 3_600.0


def contacts_expected(model: Model) -> dict[str, float]:
    """First tries expected of each type over the whole run, without transfers, messages and redials."""
    borders = model.periods.borders_seconds
    return {kind.name: sum(contacts_by_period(kind, borders)) for kind in model.types}


def contacts_with_transfers(model: Model) -> dict[str, float]:
    """As :func:`contacts_expected`, and those who come by transfer if everybody is handled."""
    import numpy as np

    places = {name: place for place, name in enumerate(model.type_names)}
    moves = np.zeros((len(places), len(places)))
    for kind in model.types:
        for transfer in kind.transfers:
            moves[places[transfer.to], places[kind.name]] += transfer.probability
    first = np.array(list(contacts_expected(model).values()))
    total = np.linalg.solve(np.eye(len(places)) - moves, first)  # the model refuses transfers that never end
    return dict(zip(places, total.tolist(), strict=True))


def seconds_of_work(model: Model, kind: ContactType, group: AgentGroup, skill: Skill) -> float:
    """Agent-seconds one handled contact of ``kind`` takes ``group`` on average, chats at once reckoned in."""
    handling = kind.handling if skill.handling is None else skill.handling
    seconds = handling.mean_seconds + kind.after_contact.mean_seconds
    seconds *= skill.handling_factor * _factor(model, kind)
    if group.agents:
        present = sum(ends - starts for agent in group.agents for starts, ends in agent.at_work)
        done = sum((ends - starts) / agent.pace for agent in group.agents for starts, ends in agent.at_work)
        seconds *= present / done if done else 1.0
    if kind.channel is Channel.CHAT:
        many = group.concurrency
        seconds /= max(count / (1 + many.slowdown * (count - 1)) for count in range(1, many.chats + 1))
    return seconds


def staffed_seconds(model: Model, group: AgentGroup) -> float:
    """Agent-seconds the group is there over the whole run."""
    if group.agents is not None:
        return sum(ends - starts for agent in group.agents for starts, ends in agent.at_work)
    lengths = model.periods.lengths_seconds
    staff = group.staff or ()
    counts = staff * len(lengths) if len(staff) == 1 else staff
    return sum(count * length for count, length in zip(counts, lengths, strict=True))


def _factor(model: Model, kind: ContactType) -> float:
    """The mean of ``handling_factors``, each period weighing as its contacts."""
    if kind.handling_factors is None:
        return 1.0
    weights = contacts_by_period(kind, model.periods.borders_seconds)
    total = sum(weights)
    if not total:
        return sum(kind.handling_factors) / len(kind.handling_factors)
    return sum(factor * weight for factor, weight in zip(kind.handling_factors, weights, strict=True)) / total


def contacts_by_period(kind: ContactType, borders: tuple[float, ...]) -> list[float]:
    """First tries of a type expected in each period."""
    arrivals, count = kind.arrivals, len(borders) - 1
    if arrivals.kind == "per-period":
        return list(arrivals.contacts)
    if arrivals.kind == "constant":
        return [arrivals.per_hour * (borders[p + 1] - borders[p]) / HOUR for p in range(count)]
    if arrivals.kind == "paths":
        return [sum(row[p] for row in arrivals.paths) / len(arrivals.paths) for p in range(count)]
    found = [0.0] * count
    if arrivals.kind == "never":
        return found
    counts = (1,) * len(arrivals.seconds) if arrivals.kind == "trace" else arrivals.contacts
    place = 0
    for moment, contacts in zip(arrivals.seconds, counts, strict=True):
        while place < count and moment >= borders[place + 1]:
            place += 1
        if place < count:
            found[place] += contacts
    return found
