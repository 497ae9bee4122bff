"""Offers in answered contacts: where one fits, whether it is made, whether it is taken."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from floorwalker.science.simulation.intervals import Estimate, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from floorwalker.science.simulation.agents import Skill
    from floorwalker.science.simulation.behaviour import Offer
    from floorwalker.science.simulation.measures import Simulation


@dataclass(frozen=True)
class Shares:
    """Of one answered contact: in how many an offer fits, is made, missed, made where it does not fit, taken."""

    appropriate: float
    made: float
    missed: float
    pushy: float
    accepted: float
    margin: float


@dataclass(frozen=True)
class Offers:
    """Offers of one replication; shares have what they are shares of in their name.

    Counted by expectation from the contacts each group answered: the bands are those of the contacts, whether a
    single customer takes an offer is not left to chance.
    """

    answered: Estimate
    """Contacts of types with an offer that were answered, callbacks and deferred work included."""
    appropriate: Estimate
    """In which an offer fits."""
    made: Estimate
    """In which it fits and is made."""
    missed: Estimate
    """In which it fits and is not made."""
    pushy: Estimate
    """In which it is made and does not fit."""
    accepted: Estimate
    """In which it fits, is made and is taken."""
    margin: Estimate
    """What the accepted bring, less what the pushy cost, in money."""
    missed_of_appropriate: Estimate
    """The missed-offer rate."""
    pushy_of_all_made: Estimate
    """The pushy-offer rate: of all offers made those that did not fit."""
    accepted_of_made: Estimate
    """Of the fitting offers made those that were taken."""


def shares(offer: Offer, skill: Skill) -> Shares:
    """What a group makes of a type's offer."""
    made = offer.appropriate * (offer.made if skill.offer_made is None else skill.offer_made)
    accepted = made * (offer.accepted if skill.offer_accepted is None else skill.offer_accepted)
    pushy = (1.0 - offer.appropriate) * offer.pushy
    margin = accepted * offer.margin - pushy * offer.pushy_cost
    return Shares(offer.appropriate, made, offer.appropriate - made, pushy, accepted, margin)


def worth(offer: Offer | None, skill: Skill) -> float:
    """What an answered contact brings by its offer, on average."""
    return 0.0 if offer is None else shares(offer, skill).margin


def offers(found: Simulation, of: str | None, group: str | None) -> Offers | None:
    """Over one type or all, one group or all; None where no offer is described."""
    import numpy as np

    tries = len(found.kept.taken)
    sums = {each.name: np.zeros(tries) for each in fields(Shares)}
    answered = np.zeros(tries)
    any_offer = False
    for place, name, skill, offer in _with_offer(found, of):
        if group is not None and name != group:
            continue
        any_offer = True
        taken = found.kept.taken[:, found.model.type_names.index(skill.type), place]
        answered += taken
        each = shares(offer, skill)
        for field in sums:
            sums[field] += taken * getattr(each, field)
    if not any_offer:
        return None
    ones, n = np.ones(tries), found.replications
    told = {field: ratio(values, ones, n) for field, values in sums.items()}
    return Offers(
        answered=ratio(answered, ones, n),
        **told,
        missed_of_appropriate=ratio(sums["missed"], sums["appropriate"], n),
        pushy_of_all_made=ratio(sums["pushy"], sums["made"] + sums["pushy"], n),
        accepted_of_made=ratio(sums["accepted"], sums["made"], n),
    )


def _with_offer(found: Simulation, of: str | None) -> Iterator[tuple[int, str, Skill, Offer]]:
    """Place and name of each group, its skill, and the offer of the type, where there is one."""
    kinds = {kind.name: kind.offer for kind in found.model.types if of in (None, kind.name)}
    for place, group in enumerate(found.model.groups):
        for skill in group.skills:
            offer = kinds.get(skill.type)
            if offer is not None:
                yield place, group.name, skill, offer
