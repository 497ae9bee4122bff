"""A model as JSON: what is written can be read, and what cannot be is said with its place, value and remedy."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    InvalidModel,
    Model,
    Periods,
    Skill,
    Transfer,
)
from floorwalker.science.simulation.reading import (
    model_from_dict,
    model_from_json,
    model_to_dict,
    model_to_json,
)
from tests.science.simulation.describing import models

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "centre.json"
SMALL: dict[str, Any] = {
    "periods": {"step_seconds": 1800, "count": 2},
    "types": [
        {
            "name": "sales",
            "arrivals": {"kind": "constant", "per_hour": 100},
            "handling": {"kind": "exponential", "mean_seconds": 180},
        }
    ],
    "groups": [{"name": "all", "skills": [{"type": "sales"}], "staff": [6]}],
}


def changed(path: str, value: object) -> str:
    """SMALL as JSON with one value put where ``path`` says."""
    model = json.loads(json.dumps(SMALL))
    node, steps = model, path.replace("[", ".").replace("]", "").split(".")
    for step in steps[:-1]:
        node = node[int(step)] if step.isdigit() else node[step]
    node[int(steps[-1]) if steps[-1].isdigit() else steps[-1]] = value
    return json.dumps(model)


@given(models())
@settings(max_examples=25)
def test_what_is_written_is_read(model: Model) -> None:
    """Any model → JSON → the same model."""
    assert model_from_json(model_to_json(model)) == model


def test_defaults_are_left_out() -> None:
    """What a person would write is what is written."""
    assert model_to_dict(model_from_dict(SMALL)) == SMALL


def test_a_written_model_can_be_read_by_people() -> None:
    """What fits stands on one line, rows of numbers are folded, kinds come first, 60.0 is 60."""
    text = model_to_json(model_from_json(EXAMPLE.read_text(encoding="utf-8")))
    assert text.splitlines()[1] == '  "periods": {"step_seconds": 3600, "count": 10},'
    assert max(map(len, text.splitlines())) <= 110
    assert len(text.splitlines()) < 70
    assert '"patience": {"kind": "exponential", "mean_seconds": 300},' in text


def test_days_of_equal_periods_are_written_short() -> None:
    """A week of half-hours is one line, not 336; odd periods are written out."""
    week = model_from_json(changed("periods", {"step_seconds": 1800, "count": 48, "days": 7}))
    assert week.periods == Periods.of(1800, 48, days=7)
    odd = model_from_json(changed("periods", {"lengths_seconds": [60, 90.5]}))
    assert model_to_dict(odd)["periods"] == {"lengths_seconds": [60, 90.5]}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("types[0].handling.mean_seconds", -3, "handling.mean_seconds is -3; give a finite number above 0"),
        ("types[0].handling.mean_seconds", "180", 'types[0].handling.mean_seconds is "180"; give a number'),
        ("types[0].handling.mean_seconds", True, "types[0].handling.mean_seconds is true; give a number"),
        ("types[0].handling.mean_seconds", float("nan"), "is NaN; give a finite number"),
        ("types[0].handling", {"mean_seconds": 3}, 'types[0].handling.kind is missing; give one of "determini'),
        ("types[0].handling", {"kind": "normal"}, 'types[0].handling.kind is "normal"; give one of "dete'),
        ("types[0].handling", 180, "types[0].handling is 180; give an object with kind, one of "),
        ("types[0].arrivals", {"kind": "constant"}, "types[0].arrivals.per_hour is missing; give a number (C"),
        ("types[0].pacience", {}, "types[0].pacience is not known here (did you mean patience?); known are n"),
        ("types[0].channel", "phone", 'types[0].channel is "phone"; give one of "call", "chat", "deferred", "'),
        ("types[0].target", {"share": 80, "seconds": 20}, "types[0].target: a service share of 80 is not betwee"),
        ("types[0].capacity", 2.5, "types[0].capacity is 2.5; give a whole number, or null"),
        ("types[0].arrivals", {"kind": "per-period", "contacts": [1]}, "arrivals.contacts has 1 values; give "),
        ("types[0].transfers", [{"to": "x", "probability": 1}], "transfers[0].to is 'x'; the types are sales"),
        ("types[0].hours", {"spans": [[0]]}, "types[0].hours.spans[0][1] is missing; give a number"),
        ("types[0].hours", {"spans": [[9, 5]]}, "types[0].hours.spans[0] is 9 s to 5 s; spans of time ascend"),
        ("types[0].outbound", {}, "types[0].outbound is given for channel 'call'; leave it out there"),
        ("types[0].channel", "outbound", "types[0].outbound is missing; channel 'outbound' needs it"),
        ("groups[0].staff", [1, 2, 3], "groups[0].staff has 3 values; give 1 for all, or one a period, 2"),
        ("groups[0].staff", [-1], "groups[0].staff[0] is -1; give 0 or more agents"),
        ("groups[0].staff", [10**30], "give 1,000,000 at most"),
        ("groups[0].staff", None, "groups[0].staff is missing; give staff (agents in each period) or agents"),
        ("groups[0].skills[0].type", "sail", "groups[0].skills[0].type is 'sail'; the types are sales"),
        ("groups", [], "groups is empty; a model needs at least one"),
        ("periods", {"step_seconds": 0, "count": 2}, "periods.step_seconds is 0; give a finite number above 0"),
        ("periods", {"step_seconds": 1, "count": 10**9}, "on 1 days; give at most 1,000,000"),
        ("periods", 7, "periods is 7; give an object with lengths_seconds"),
        ("types[0].arrivals.per_hour", 1e30, "the model expects 1e+30 contacts; give at most 200,000,000"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_place_value_and_remedy(path: str, value: object, said: str) -> None:
    """One wrong value each; no sentence speaks of validators."""
    with pytest.raises(InvalidInput) as refused:
        model_from_json(changed(path, value))
    assert said in str(refused.value)
    assert "pydantic" not in str(refused.value)
    assert "Input should" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the model is not JSON: expecting value at line 1, column 1"),
        ('{"periods": }', "at line 1, column 13"),
        ("[]", "the model is a list; give an object with periods, types and groups"),
        ("[" * 100_000, "nested too deeply"),
        ('{"periods": ' + "[" * 300 + "]" * 300 + "}", "nested too deeply"),
        ('{"types": [], "types": []}', "'types' is given twice in one object"),
        (b'{"name": "\xff"}', "the model is not UTF-8 text: byte 10 cannot be read"),
        ('{"a": ' + "9" * 5000 + "}", "the model is not JSON"),
        (" " * (64 * 1024**2 + 1), "longer than 64 MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) or len(value) > 60 else value,
)
def test_what_is_no_model_is_refused_quickly(text: str | bytes, said: str) -> None:
    """Files from anybody: broken, bottomless, enormous, saying a thing twice."""
    with pytest.raises(InvalidInput) as refused:
        model_from_json(text)
    assert said in str(refused.value)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["gamma", "call"]),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["kind", "cv", "x"]), below, max_size=2)
    ),
    max_leaves=6,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for step, part in below for place in places(part, (*path, step)))]


@given(st.data())
@settings(max_examples=80)
def test_no_file_is_too_odd_to_be_answered(data: st.DataObject) -> None:
    """Anything put anywhere into a sound model: read, or refused in our own words with a path."""
    model = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    place = data.draw(st.sampled_from(places(model)[1:]))
    node = model
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = data.draw(ANYTHING)
    try:
        assert model_from_json(json.dumps(model))
    except InvalidInput as refused:
        said = str(refused)
        assert not re.search(r"pydantic|Input should|validat|type=|something else|Traceback", said)
        assert said.split("\n")[0].startswith((*model, "the model", "'kind'"))


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [("lognormal", "cv", 1e200), ("gamma", "cv", 1e-200), ("weibull", "shape", 0.005)],
)
def test_what_no_number_can_hold_is_refused(kind: str, field: str, value: float) -> None:
    """Squares and means of it overflow: said with its place, before anything is reckoned."""
    scale = "scale_seconds" if kind == "weibull" else "mean_seconds"
    model = json.loads(json.dumps(SMALL))
    model["types"][0]["handling"] = {"kind": kind, scale: 60, field: value}
    with pytest.raises(InvalidModel, match=rf"types\[0\]\.handling.*{field}"):
        model_from_dict(model)


def test_all_faults_are_said_at_once() -> None:
    """The first twenty, and how many more there are."""
    model = {**SMALL, "types": [{"nam": "x"}] * 10}
    with pytest.raises(InvalidModel) as refused:
        model_from_dict(model)
    lines = str(refused.value).splitlines()
    assert len(refused.value.faults) == 40
    assert len(lines) == 21
    assert lines[0].startswith("types[0].name is missing; give a text (What it is called")
    assert lines[-1] == "… and 20 more"


def test_a_dictionary_json_cannot_say_is_refused() -> None:
    """A set, or a dictionary that holds itself."""
    loop: dict[str, Any] = {}
    loop["types"] = loop
    for value in ({"types": {1, 2}}, loop):
        with pytest.raises(InvalidInput, match="what JSON cannot say"):
            model_from_dict(value)


def test_contacts_that_are_passed_on_for_ever_are_refused() -> None:
    """Two types that pass everybody to each other, in Python as in JSON; with one way out they may."""

    def passing(back: float) -> Model:
        kinds = tuple(
            ContactType(name, Constant(1.0), Exponential(60.0), transfers=(Transfer(to, probability),))
            for name, to, probability in (("a", "b", 1.0), ("b", "a", back))
        )
        return Model(Periods.of(3600, 1), kinds, (AgentGroup("g", (Skill("a"), Skill("b")), staff=(3,)),))

    assert passing(0.99)
    with pytest.raises(InvalidModel, match=r"types\[1\].transfers passes everybody on to a for ever"):
        passing(1.0)


def test_describing_a_model_needs_no_pydantic() -> None:
    """The commands' help must answer at once; readers of JSON pay for it when they read."""
    code = (
        "import sys, floorwalker.science.simulation as s; print({'pydantic', 'numpy', 'numba'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
