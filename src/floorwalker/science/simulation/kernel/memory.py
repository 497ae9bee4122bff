"""How the kernel reaches its tables: one record holds where each begins, and everything else is looked up from it.

Handing twenty-six arrays from function to function costs minutes of compiling and time in every call; handing one
address costs neither. Nothing here checks an index, as nothing in the kernel does. The arrays belong to a
:class:`~floorwalker.science.simulation.tables.Workspace`, which keeps them while the kernel runs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.numpy_support import from_dtype

from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AGENDA,
    AGENTS,
    ARRIVING,
    BINS,
    CONTACTS,
    DESKS,
    DURATIONS,
    GROUPS,
    HEAP,
    LAST_ANSWERS,
    LISTS,
    QUEUES,
    SKILLS,
    TRANSFERS,
    TYPES,
    Centre,
)
from floorwalker.science.simulation.kernel.measured import GROUP_MEASURES, TYPE_MEASURES

OF_TYPE, OF_GROUP = len(TYPE_MEASURES), len(GROUP_MEASURES)
SIXTY_FOUR = ir.IntType(64)
MEASURED = ("by_type", "by_group", "taken", "waits")


def _address(builder: Any, of: Any, centre: Any, name: str, place: Any, size: int) -> Any:
    """Where entry ``place`` of a table begins: one load and one sum."""
    member: Any = cgutils.get_record_member  # untyped
    base = builder.load(member(builder, centre, of.offset(name), SIXTY_FOUR))
    return builder.add(base, builder.mul(place, ir.Constant(SIXTY_FOUR, size)))


def _records(name: str, dtype: np.dtype[Any]) -> Any:
    """``at(s, place)``: one record of a table."""
    record = from_dtype(dtype)

    @intrinsic
    def at(typing: Any, s: Any, place: Any) -> Any:  # noqa: ARG001 - what Numba asks for
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            address = _address(builder, signature.args[0], given[0], name, given[1], record.size)
            return builder.inttoptr(address, context.get_value_type(record))

        return record(s, types.int64), code

    return at


def _numbers(name: str) -> Any:
    """``at(s, place)``: one floating-point number of a table."""

    @intrinsic
    def at(typing: Any, s: Any, place: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ARG001
            address = _address(builder, signature.args[0], given[0], name, given[1], 8)
            return builder.load(builder.inttoptr(address, ir.DoubleType().as_pointer()))

        return types.float64(s, types.int64), code

    return at


def _writer(name: str) -> Any:
    """``put(s, place, number)``: write one number of a table."""

    @intrinsic
    def put(typing: Any, s: Any, place: Any, number: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            address = _address(builder, signature.args[0], given[0], name, given[1], 8)
            builder.store(given[2], builder.inttoptr(address, ir.DoubleType().as_pointer()))
            return context.get_dummy_value()

        return types.void(s, types.int64, types.float64), code

    return put


def _adder(name: str) -> Any:
    """``add(s, place, number)``: add to one number of a table."""

    @intrinsic
    def add(typing: Any, s: Any, place: Any, number: Any) -> Any:  # noqa: ARG001
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            address = _address(builder, signature.args[0], given[0], name, given[1], 8)
            cell = builder.inttoptr(address, ir.DoubleType().as_pointer())
            builder.store(builder.fadd(builder.load(cell), given[2]), cell)
            return context.get_dummy_value()

        return types.void(s, types.int64, types.float64), code

    return add


type_at = _records("types", TYPES)
group_at = _records("groups", GROUPS)
skill_at = _records("skills", SKILLS)
transfer_at = _records("transfers", TRANSFERS)
duration_at = _records("durations", DURATIONS)
entry_at = _records("agenda", AGENDA)
arriving_at = _records("arriving", ARRIVING)
queue_at = _records("queues", QUEUES)
desk_at = _records("desks", DESKS)
list_at = _records("lists", LISTS)
agent_at = _records("agents", AGENTS)
contact_at = _records("contacts", CONTACTS)
event_at = _records("heap", HEAP)
value_at = _numbers("values")
border_at = _numbers("borders")
_taker_at, _moment_at, _span_at = _numbers("takers"), _numbers("moments"), _numbers("spans")
_factor_at, _expected_at, _answer_at = _numbers("factors"), _numbers("expected"), _numbers("answers")
_wait_row_at = _numbers("wait_row_of")
_put_answer = _writer("answers")
COUNTED = ("by_type", "by_group", "taken", "waits", "group_waits")
_add_type, _add_group, _add_taken, _add_wait, _add_group_wait = (_adder(name) for name in COUNTED)
_put_type, _put_group, _put_taken, _put_wait, _put_group_wait = (_writer(name) for name in COUNTED)


@inlined
def taker_at(s: Centre, place: int) -> int:
    """The number of a skill: the skills in the order of their types."""
    return int(_taker_at(s, place))


@inlined
def moment_at(s: Centre, place: int, column: int) -> float:
    return float(_moment_at(s, 2 * place + column))


@inlined
def span_at(s: Centre, place: int, column: int) -> float:
    return float(_span_at(s, 2 * place + column))


@inlined
def factor_at(s: Centre, of: int, period: int) -> float:
    return float(_factor_at(s, of * (s.periods + 1) + period))


@inlined
def expected_at(s: Centre, of: int, period: int) -> float:
    return float(_expected_at(s, of * s.periods + period))


@inlined
def answer_at(s: Centre, of: int, place: int) -> float:
    return float(_answer_at(s, of * LAST_ANSWERS + place))


@inlined
def note_answer(s: Centre, of: int, place: int) -> None:
    _put_answer(s, of * LAST_ANSWERS + place, s.now)


@inlined
def count_type(s: Centre, of: int, row: int, measure: int, amount: float) -> None:
    _add_type(s, (of * (s.periods + 1) + row) * OF_TYPE + measure, amount)


@inlined
def count_group(s: Centre, group: int, row: int, measure: int, amount: float) -> None:
    _add_group(s, (group * (s.periods + 1) + row) * OF_GROUP + measure, amount)


@inlined
def count_taken(s: Centre, of: int, group: int) -> None:
    _add_taken(s, of * s.group_count + group, 1.0)


@inlined
def count_wait(s: Centre, of: int, row: int, lost: int, place: int) -> None:
    _add_wait(s, (2 * (of * s.wait_rows + int(_wait_row_at(s, row))) + lost) * BINS + place, 1.0)


@inlined
def count_group_wait(s: Centre, group: int, place: int) -> None:
    _add_group_wait(s, group * BINS + place, 1.0)


@jitted
def forget_counts(s: Centre) -> None:
    """Everything counted by type and group is 0 again."""
    rows = s.periods + 1
    for place in range(s.kinds * rows * OF_TYPE):
        _put_type(s, place, 0.0)
    for place in range(s.group_count * rows * OF_GROUP):
        _put_group(s, place, 0.0)
    for place in range(s.kinds * s.group_count):
        _put_taken(s, place, 0.0)
    for place in range(s.kinds * s.wait_rows * 2 * BINS):
        _put_wait(s, place, 0.0)
    for place in range(s.group_count * BINS * s.in_detail):
        _put_group_wait(s, place, 0.0)
