"""One page lists what follows from what."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from floorwalker.kernel import events
from floorwalker.kernel.events import reactions, reference
from tests.kernel.events.opened import DoorOpened

WIRING = "project/wiring.py"


def calls_of_react(tree: Path) -> list[str]:
    """Where reactions are registered."""
    found = []
    for path in sorted(tree.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name == "react":
                    found.append(str(path.relative_to(tree)))
    return found


def test_reactions_stand_on_one_page_only(root: Path) -> None:
    """Whoever asks what happens after something reads one file."""
    assert set(calls_of_react(root / "src" / "floorwalker")) <= {WIRING}


def test_a_reaction_elsewhere_is_noticed(tmp_path: Path) -> None:
    """The rule fires on a tree with one violation, however it is written."""
    (tmp_path / "services.py").write_text("from floorwalker.kernel import events\nevents.react(A, 'b', c)\n")
    (tmp_path / "tasks.py").write_text("from floorwalker.kernel.events import react\nreact(A, 'b', c)\n")
    assert calls_of_react(tmp_path) == ["services.py", "tasks.py"]


def test_two_reactions_cannot_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name says which of them has taken effect."""
    monkeypatch.setattr(reactions, "REACTIONS", {})
    events.react(DoorOpened, "note it", print)
    events.react(DoorOpened, "note it", print)
    with pytest.raises(ValueError, match="two reactions"):
        events.react(DoorOpened, "note it", repr)


def test_an_event_holds_plain_values_only() -> None:
    """A model instance would be another one by the time it is read."""
    with pytest.raises(TypeError, match="ids and plain values, not object"):
        DoorOpened(door=object()).body()  # type: ignore[arg-type]


def test_an_older_event_is_understood() -> None:
    """A value it did not have yet takes its default; one it no longer has is left out."""
    assert DoorOpened.from_body({"door": 3, "colour": "red"}) == DoorOpened(door=3)


def test_the_reference_lists_every_event_of_the_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its values and what follows; those of tests are none of it."""
    monkeypatch.setattr(reference, "SUITE", "tests.kernel.events.opened")
    monkeypatch.setattr(reference, "REACTIONS", {("kernel.DoorOpened", "note it"): None})
    text = reference.page()
    assert "## kernel.DoorOpened\n\nA door was opened." in text
    assert "| `door` | `int` |" in text and "What follows: note it." in text
    monkeypatch.undo()
    assert "DoorOpened" not in reference.page()
