"""A model from JSON and to JSON. A file may come from anybody: its size and depth are limited, its faults named.

JSON says what the dataclasses say, under the same names; `docs/reference/simulation-model.md` lists them. Equal
periods may be written short: ``{"step_seconds": 1800, "count": 48, "days": 7}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING, Any

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.checks import Fault, InvalidModel, above_zero, at_least
from floorwalker.science.simulation.model import Model, Periods
from floorwalker.science.simulation.workload import contacts_expected

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LINE = 100
MOST_BYTES = 64 * 1024 * 1024
MOST_PERIODS = 1_000_000
MOST_CONTACTS = 200_000_000


@dataclass(frozen=True)
class EqualPeriods:
    """Periods of one length, the same number each day."""

    __pydantic_config__ = Model.__pydantic_config__

    step_seconds: float
    """How long each period is, above 0."""
    count: int
    """Periods of a day, 1 or more."""
    days: int = 1
    """Days, 1 or more."""

    def __post_init__(self) -> None:
        above_zero(self.step_seconds, "step_seconds")
        at_least(1, self.count, "count")
        at_least(1, self.days, "days")
        if self.count * self.days > MOST_PERIODS:
            raise InvalidInput(f"count is {self.count} on {self.days} days; give at most {MOST_PERIODS:,} in all")


def model_from_json(text: str | bytes) -> Model:
    """The model a JSON text describes.

    Raises :class:`InvalidModel` (an :class:`InvalidInput`) with every fault found: the JSON path, the value and
    what is allowed. Values are checked first, then what parts say about each other.
    """
    if len(text) > MOST_BYTES:
        raise InvalidInput(
            f"the model is longer than {MOST_BYTES // 1024**2} MB; give periods, not single contacts"
        )
    found = _parse(text)
    if not isinstance(found, dict):
        raise InvalidModel(
            [Fault("the model", f"is {_kind(found)}; give an object with periods, types and groups")]
        )
    short = _lengthen(found)
    return _checked(found, json.dumps(found) if short else text)


def model_from_dict(value: Mapping[str, Any]) -> Model:
    """The model that a dictionary describes, as :func:`model_to_dict` or ``json.loads`` gives it."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(
            f"the model holds what JSON cannot say ({error}); give lists, texts, numbers"
        ) from error
    return model_from_json(text)


def model_to_dict(model: Model) -> dict[str, Any]:
    """The model in lists, texts and numbers, without what has its default."""
    plain: dict[str, Any] = part_to_dict(model)
    periods = model.periods
    step, days = periods.lengths_seconds[0], len(periods.day_starts)
    if len(periods) % days == 0 and periods == Periods.of(step, len(periods) // days, days=days):
        short = EqualPeriods(step, len(periods) // days, days) if len(periods) <= MOST_PERIODS else periods
        plain["periods"] = part_to_dict(short)
    return plain


def model_to_json(model: Model) -> str:
    """The model as JSON for people, without what has its default; reading it gives the same model."""
    return _written(model_to_dict(model), "") + "\n"


@cache
def adapter() -> TypeAdapter[Model]:
    """Reads and checks the dataclasses; made once, for it costs a third of a second."""
    from pydantic import TypeAdapter

    return TypeAdapter(Model)


@cache
def periods_adapter() -> TypeAdapter[EqualPeriods]:
    """Reads the short form of periods."""
    from pydantic import TypeAdapter

    return TypeAdapter(EqualPeriods)


@cache
def _schema(*, short: bool) -> dict[str, Any]:
    return periods_adapter().json_schema() if short else adapter().json_schema()


def _parse(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(f"the model is not JSON: {error.msg[0].lower()}{error.msg[1:]} at {where}") from error
    except RecursionError as error:
        raise InvalidInput(
            "the model is nested too deeply; nothing in a model needs more than ten levels"
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the model is not UTF-8 text: byte {error.start} cannot be read") from error
    except ValueError as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(f"the model is not JSON: {error}") from error  # a number of five thousand digits


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidInput(f"{twice!r} is given twice in one object; JSON would drop the first without a word")
    return found


def _lengthen(found: dict[str, Any]) -> bool:
    """Write short periods out; True when there were any."""
    short = found.get("periods")
    if not isinstance(short, dict) or "step_seconds" not in short:
        return False
    from pydantic import ValidationError

    from floorwalker.science.simulation.refusals import faults_of

    try:
        equal = periods_adapter().validate_json(json.dumps(short))
    except ValidationError as error:
        raise InvalidModel(faults_of(error, short, _schema(short=True), "periods")) from None
    of = Periods.of(equal.step_seconds, equal.count, days=equal.days)
    found["periods"] = {"lengths_seconds": of.lengths_seconds, "day_starts": of.day_starts}
    return True


def _checked(found: dict[str, Any], text: str | bytes) -> Model:
    from pydantic import ValidationError

    try:
        model = adapter().validate_json(text)
    except ValidationError as error:
        from floorwalker.science.simulation.refusals import faults_of

        raise InvalidModel(faults_of(error, found, _schema(short=False))) from None
    contacts = sum(contacts_expected(model).values())
    if contacts > MOST_CONTACTS:
        raise InvalidInput(f"the model expects {contacts:.3g} contacts; give at most {MOST_CONTACTS:,} in one run")
    return model


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def part_to_dict(value: Any) -> Any:
    """One part of a model, as a duration, in lists, texts and numbers."""
    if is_dataclass(value):
        parts = [(each.name, getattr(value, each.name), each) for each in fields(value)]
        parts.sort(key=lambda part: part[0] != "kind")  # which kind it is comes first
        return {name: part_to_dict(part) for name, part, each in parts if name == "kind" or part != _default(each)}
    if isinstance(value, tuple):
        return [part_to_dict(part) for part in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value.value if isinstance(value, Enum) else value


def _written(value: Any, indent: str) -> str:
    """As a person would write it: on one line what fits, rows of numbers folded."""
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(flat) + len(indent) <= LINE or not isinstance(value, dict | list):
        return flat
    inside = indent + "  "
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(name, ensure_ascii=False)}: {_written(part, inside)}" for name, part in value.items()
        ]
    elif isinstance(value[0], dict | list):
        parts = [_written(part, inside) for part in value]
    else:
        rows = fill(flat[1:-1], LINE - len(inside), break_long_words=False, break_on_hyphens=False)
        return "[\n" + inside + rows.replace("\n", f"\n{inside}") + f"\n{indent}]"
    opens, closes = "{}" if isinstance(value, dict) else "[]"
    return opens + "\n" + inside + f",\n{inside}".join(parts) + f"\n{indent}{closes}"


def _default(field: Field[Any]) -> Any:
    return field.default if field.default is not MISSING else MISSING
