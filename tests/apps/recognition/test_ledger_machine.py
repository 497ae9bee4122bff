"""R-10: ten thousand random steps, after each of which the ledger and a model without a database agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Account, Entry
from floorwalker.apps.recognition.rules import incentives as rules
from floorwalker.apps.recognition.services import incentives, ledger
from tests.apps.recognition.giving_machine import GivingMachine
from tests.people import Cast, make_cast


def run(cast: Cast, *, runs: int, steps: int) -> int:
    machine = type("Run", (GivingMachine,), {"cast": cast, "steps": 0})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.steps


@pytest.mark.django_db
def test_ledger_and_model_agree_after_every_step(cast: Cast) -> None:
    """R-10: a few hundred steps in every run of the tests."""
    assert run(cast, runs=4, steps=40) > 60


@pytest.mark.prove
@pytest.mark.django_db
def test_ledger_and_model_agree_after_ten_thousand_steps() -> None:
    """R-10: ten thousand, in long runs, so that accounts fill, empty and fill again."""
    assert run(make_cast(), runs=70, steps=250) >= 10_000


def every_place_is_free(**_told: object) -> bool:
    return True


def thanks_have_no_number(*_told: object) -> int:
    return 5


def a_balance_is_not_looked_at(moved: Callable[..., Entry]) -> Callable[..., Entry]:
    """What is held is announced without being taken from anywhere limited."""

    def move(*, giver: Account, kind: str, **told: Any) -> Entry:
        limited = kind == Entry.Kind.RESERVE
        return moved(giver=ledger.single(Account.Kind.ISSUED) if limited else giver, kind=kind, **told)

    return move


NAIVE = {
    "places": lambda patch: patch.setattr(rules, "pays", every_place_is_free),
    "thanks": lambda patch: patch.setattr(queries, "kudos_left", thanks_have_no_number),
    "funds": lambda patch: patch.setattr(
        incentives.ledger, "move", a_balance_is_not_looked_at(incentives.ledger.move)
    ),
}


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("naive", NAIVE)
def test_naive_ways_of_giving_are_found(cast: Cast, monkeypatch: pytest.MonkeyPatch, naive: str) -> None:
    """R-10: places not counted, thanks without a number, incentives announced without their points."""
    NAIVE[naive](monkeypatch)
    with pytest.raises((AssertionError, ledger.NotEnoughPoints)):
        run(cast, runs=30, steps=150)
