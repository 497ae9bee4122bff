"""Arrays answer as single calls do, in plain Python and compiled."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import (
    Definition,
    Goals,
    QueueMetrics,
    ServiceTarget,
    erlang_a,
    erlang_c,
    evaluate,
    smallest_staff,
    smallest_staff_each,
)
from floorwalker.science.queueing.batch import COMPILE_FROM
from floorwalker.science.queueing.compiled import machine_code

LATE = ServiceTarget(0.8, 20)
MANY = COMPILE_FROM + 200


@pytest.mark.parametrize("rows", [1, 40, MANY])
@pytest.mark.parametrize("definition", Definition)
def test_every_field_of_every_row(rows: int, definition: Definition) -> None:
    """The table holds, under the same names, what the single formulas answer; infinite patience is Erlang C."""
    rng = np.random.default_rng(rows)
    target = ServiceTarget(0.8, 20, definition)
    agents = np.round(rng.uniform(0, 60, rows), rng.integers(0, 2))
    contacts = rng.uniform(0, 500, rows) * (rng.random(rows) > 0.1)
    patience = np.where(rng.random(rows) > 0.3, rng.uniform(5, 500, rows), np.inf)
    table = evaluate(agents, contacts, 1800, 180.0, target, patience)
    for i in range(rows):
        single = erlang_a(agents[i], contacts[i], 1800, 180, patience[i], target)
        for field in fields(QueueMetrics):
            assert getattr(table, field.name)[i] == pytest.approx(getattr(single, field.name), rel=1e-9), (
                field.name
            )


@pytest.mark.parametrize("rows", [1, 40, MANY])
def test_smallest_staff_of_every_row(rows: int) -> None:
    """Compiled or not, the same whole numbers as one by one."""
    rng = np.random.default_rng(rows)
    contacts = rng.uniform(0, 500, rows) * (rng.random(rows) > 0.1)
    aht = rng.uniform(30, 600, rows)
    for goals, patience in (
        (Goals(LATE, max_occupancy=0.85), None),
        (Goals(ServiceTarget(0.9, 10, Definition.ALL_OFFERED), max_abandon=0.03, max_asa_seconds=15), 90.0),
    ):
        staff = smallest_staff_each(contacts, 1800, aht, goals, patience)
        assert staff.dtype == np.int64
        assert staff.tolist() == [
            smallest_staff(c, 1800, a, goals, patience) for c, a in zip(contacts, aht, strict=True)
        ]


def test_arguments_broadcast() -> None:
    """A column of agents against a row of contacts is a table; a single number is a single number."""
    table = evaluate(np.arange(10, 14)[:, None], [90.0, 100.0, 110.0], 1800, 180, LATE)
    assert table.service_level.shape == table.agents.shape == table.stable.shape == (4, 3)
    assert table.service_level[3, 1] == erlang_c(13, 100, 1800, 180, LATE).service_level
    assert table.load.tolist()[0] == [9, 10, 11]
    assert not table.stable[0, 1]
    assert evaluate(14, 100, 1800, 180, LATE).asa_seconds.shape == ()
    assert smallest_staff_each(100, 1800, 180, Goals(LATE)) == 14
    assert smallest_staff_each([[100.0], [0.0]], [900.0, 1800.0], 180, Goals(LATE)).tolist() == [[24, 14], [0, 0]]
    assert smallest_staff_each([], 1800, 180, Goals(LATE)).tolist() == []


def test_the_table_is_its_own() -> None:
    """Nothing of the caller's arrays is shared or changed."""
    agents = np.array([10.0, 11.0])
    table = evaluate(agents, 100, 1800, 180, LATE)
    agents[0] = 99
    assert table.agents.tolist() == [10, 11]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([10, -1], 100, 1800, 180), "row 1 .*agents is -1"),
        (([10, 10], [100, np.nan], 1800, 180), "row 1 .*contacts is nan"),
        ((10, 100, [1800, 1800, 0], 180), "row 2 .*interval_seconds is 0"),
        ((10, [1, 1e308], 1e-5, 180), "row 1 .*too many"),
        ((10, 100, 1800, [-180]), "row 0 .*aht_seconds is -180"),
        (([1, 2, 3], [100, 100], 1800, 180), "do not fit together"),
        (("ten", 100, 1800, 180), "do not fit together"),
    ],
)
def test_a_bad_row_is_named(arguments: tuple[object, ...], sentence: str) -> None:
    """The first row that cannot be right is named by its number, with its value."""
    with pytest.raises(InvalidInput, match=sentence):
        evaluate(*arguments, LATE)  # type: ignore[arg-type]


def test_bad_patience_and_missing_patience_are_named() -> None:
    """Also where the staff is asked for."""
    with pytest.raises(InvalidInput, match=r"row 1 .*patience_seconds is 0"):
        smallest_staff_each(100, 1800, 180, Goals(LATE), [60, 0])
    with pytest.raises(InvalidInput, match="patience_seconds"):
        smallest_staff_each(100, 1800, 180, Goals(LATE, max_abandon=0.1))


def test_without_a_folder_for_the_cache_it_compiles_all_the_same() -> None:
    """Numba refuses to cache code that has no file; the loop is compiled anyway."""
    scope: dict[str, object] = {}
    exec("def double(numbers):\n    for i in range(len(numbers)):\n        numbers[i] *= 2", scope)
    numbers = np.array([1.0, 2.0])
    machine_code(scope["double"])(numbers)  # type: ignore[arg-type]
    assert numbers.tolist() == [2, 4]
