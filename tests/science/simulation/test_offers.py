"""Offers: where one fits, is made, missed, pushed and taken, and what it brings; told by type and by group."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation import (
    Deterministic,
    InvalidModel,
    Model,
    Offer,
    Offers,
    Periods,
    Skill,
    Trace,
    Value,
    model_from_json,
    model_to_json,
    simulate,
    value_of_skill,
)
from tests.science.simulation.centres import calls, group

HOUR = 3_600.0
FITS = Offer(appropriate=0.4, accepted=0.25, made=0.5, margin=80.0, pushy=0.1, pushy_cost=5.0)


def ten_calls(offer: Offer | None, *skills: Skill, **more: Any) -> Model:
    """Ten calls, one after the other, each answered at once; two groups take turns where there are two."""
    kind = calls(
        arrivals=Trace(tuple(60.0 * n for n in range(10))), handling=Deterministic(30.0), offer=offer, **more
    )
    names = ("sellers", "helpers")
    groups = tuple(group(1, skill, name=name) for skill, name in zip(skills, names, strict=False))
    return Model(Periods.of(HOUR, 1), (kind,), groups)


def means(told: Offers | None) -> dict[str, float]:
    assert told is not None
    return {each.name: getattr(told, each.name).mean for each in fields(told)}


def test_an_offer_reckoned_by_hand() -> None:
    """Of ten answered it fits in 4; 2 made, 2 missed, 0.5 taken; of the other 6 it is pushed in 0.6."""
    found = simulate(ten_calls(FITS, Skill("calls")), replications=2)
    assert means(found.offers()) == pytest.approx(
        {
            "answered": 10, "appropriate": 4, "made": 2, "missed": 2, "pushy": 0.6, "accepted": 0.5,
            "margin": 0.5 * 80 - 0.6 * 5, "missed_of_appropriate": 0.5, "pushy_of_all_made": 0.6 / 2.6,
            "accepted_of_made": 0.25,
        }
    )  # fmt: skip
    assert found.total("value").mean == pytest.approx(37.0)
    assert found.total("value", group="sellers").mean == pytest.approx(37.0)


def test_it_comes_on_top_of_what_a_contact_is_worth_and_whether_in_time_or_not() -> None:
    """The value is of those answered in time; an offer is made to everybody who is answered."""
    model = ten_calls(replace(FITS, pushy=0.0), Skill("calls"), value=Value(answered=3.0, within_seconds=0.0))
    late = replace(model, types=(replace(model.types[0], handling=Deterministic(90.0)),))
    assert simulate(model, replications=2).total("value").mean == pytest.approx(10 * 3 + 40)
    assert simulate(late, replications=2).total("value").mean == pytest.approx(3 + 40)


def test_groups_differ_in_what_they_make_of_it() -> None:
    """Sellers offer always and sell twice as often; the type is the sum of its groups."""
    found = simulate(
        ten_calls(FITS, Skill("calls", offer_made=1.0, offer_accepted=0.5), Skill("calls", 2)), replications=2
    )
    busier = simulate(
        replace(found.model, types=(replace(found.model.types[0], handling=Deterministic(90.0)),)), replications=2
    )
    sellers, helpers, both = (means(busier.offers(group=name)) for name in ("sellers", "helpers", None))
    assert sellers["answered"] > 0 and helpers["answered"] > 0
    assert (sellers["missed_of_appropriate"], helpers["missed_of_appropriate"]) == (0.0, 0.5)
    assert (sellers["accepted_of_made"], helpers["accepted_of_made"]) == (0.5, 0.25)
    for name in ("answered", "appropriate", "made", "missed", "pushy", "accepted", "margin"):
        assert sellers[name] + helpers[name] == pytest.approx(both[name])
    assert both["margin"] == pytest.approx(busier.total("value").mean)


@pytest.mark.parametrize(
    ("offer", "margin"),
    [
        (Offer(appropriate=0.0, accepted=1.0, margin=80.0), 0.0),
        (Offer(appropriate=1.0, accepted=1.0, margin=80.0), 800.0),
        (Offer(appropriate=1.0, accepted=1.0, made=0.0, margin=80.0), 0.0),
        (Offer(appropriate=0.0, accepted=1.0, pushy=1.0, pushy_cost=2.0), -20.0),
    ],
)
def test_all_and_nothing(offer: Offer, margin: float) -> None:
    found = simulate(ten_calls(offer, Skill("calls")), replications=2)
    assert means(found.offers())["margin"] == found.total("value").mean == pytest.approx(margin)


def test_without_an_offer_nothing_is_told_of_any() -> None:
    found = simulate(ten_calls(None, Skill("calls")), replications=2)
    assert found.offers() is None
    assert found.offers("calls", group="sellers") is None
    assert found.total("value").mean == 0.0
    with pytest.raises(InvalidInput, match="nobody"):
        found.offers(group="nobody")


def test_a_skill_is_worth_the_offers_it_lets_be_made() -> None:
    """Nobody takes half of the calls until the helpers learn them: each is then worth what its offer brings."""
    busy = calls(arrivals=Trace(tuple(60.0 * n for n in range(50))), handling=Deterministic(300.0), name="sales")
    busy = replace(busy, offer=Offer(appropriate=1.0, accepted=1.0, margin=10.0), capacity=0)
    idle = calls(arrivals=Trace((1.0,)), handling=Deterministic(1.0), name="service")
    model = Model(
        Periods.of(HOUR, 1), (busy, idle), (group(1, "sales", name="sellers"), group(2, "service", name="helpers"))
    )
    found = value_of_skill(model, agents=(1,), lessons=[("sales", "helpers")], replications=2)
    line = found.of("sales", "helpers")[0]
    assert found.by_value
    assert (
        line.value_gained.mean == pytest.approx(10.0 * line.contacts_saved.mean) and line.contacts_saved.mean > 5
    )


def test_json_there_and_back_and_refusals_that_name_the_place() -> None:
    model = ten_calls(FITS, Skill("calls", offer_made=0.9))
    assert model_from_json(model_to_json(model)) == model
    plain = json.loads(model_to_json(model))
    plain["types"][0]["offer"]["accepted"] = 1.5
    with pytest.raises(InvalidModel, match=r"types\[0\]\.offer.*accepted"):
        model_from_json(json.dumps(plain))


@pytest.mark.parametrize("name", ["offer_made", "offer_accepted"])
def test_what_a_group_makes_of_an_offer_needs_one(name: str) -> None:
    """Where its type has none it would be passed over in silence."""
    with pytest.raises(InvalidModel, match=rf"groups\[0\]\.skills\[0\]\.{name} is of 'calls', which has no offer"):
        ten_calls(None, Skill("calls", **{name: 0.5}))
    assert ten_calls(FITS, Skill("calls", **{name: 0.5}))
