"""Rules about the whole codebase, as functions of a source tree: each returns the sentences of its breaches.

Kept apart from the tests so that each rule is shown to fire on a tree with one deliberate violation.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LONGEST = 400
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "managers", "util", "helper"}


def modules(tree: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(tree.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def too_long(tree: Path) -> list[str]:
    """Files above the longest allowed."""
    found = []
    for path in sorted(tree.rglob("*.py")):
        if path.parent.name == "migrations":
            continue  # written by a machine, read by one
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST:
            found.append(f"{path.relative_to(tree)} has {lines} lines; split it by noun ({LONGEST} at most)")
    return found


def drawers_without_label(tree: Path) -> list[str]:
    """Modules and packages whose name says nothing."""
    return [
        f"{path.relative_to(tree)}: name it after what it holds"
        for path in sorted(tree.rglob("*.py"))
        if path.stem in DRAWERS or path.parent.name in DRAWERS
    ]


def private_names_crossing(tree: Path) -> list[str]:
    """Names with an underscore imported from another module: a room is entered by its door."""
    found = []
    for path, module in modules(tree):
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("floorwalker"):
                parts = [*node.module.split("."), *(alias.name for alias in node.names)]
                private = [p for p in parts if p.startswith("_") and not p.startswith("__")]
                if private:
                    found.append(f"{path.relative_to(tree)}:{node.lineno} imports the private {private[0]}")
    return found


def sideways_past_the_door(tree: Path) -> list[str]:
    """Imports from a science room that another room's `__all__` does not offer.

    Inside its room a module imports what it likes; from outside only the room itself is imported.
    """
    found = []
    rooms = {p.parent.name for p in (tree / "science").glob("*/__init__.py")}
    for path, module in modules(tree):
        for node in ast.walk(module):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            parts = node.module.split(".")
            if parts[:2] != ["floorwalker", "science"] or len(parts) < 4 or parts[2] not in rooms:
                continue
            if tree / "science" / parts[2] not in path.parents:
                found.append(
                    f"{path.relative_to(tree)}:{node.lineno} reaches into {node.module}; import from the room"
                )
    return found


def open_calls(tree: Path) -> list[str]:
    """Places in science that open files, read the clock of day, or set up logging."""
    names = re.compile(r"^(open|print|Path|datetime\.now|datetime\.today|date\.today|time\.time|logging\..*)$")
    found = []
    for path, module in modules(tree / "science"):
        found += [
            f"{path.relative_to(tree)}:{node.lineno} calls {ast.unparse(node.func)}"
            for node in ast.walk(module)
            if isinstance(node, ast.Call) and names.match(ast.unparse(node.func))
        ]
    return found


def export_mismatches(tree: Path) -> list[str]:
    """Rooms whose `__all__` is missing or leaves out a name they import for export (ruff sorts it)."""
    found = []
    for init in sorted((tree / "science").glob("*/__init__.py")):
        module = ast.parse(init.read_text(encoding="utf-8"))
        listed = _listed(module)
        if listed is None:
            found.append(f"{init.parent.name}: no __all__")
            continue
        imported = {
            alias.asname or alias.name
            for node in module.body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("floorwalker")
            for alias in node.names
        }
        missing = sorted(name for name in imported - set(listed) if not name.startswith("_"))
        if missing:
            found.append(f"{init.parent.name}: {missing[0]} is imported for export but not in __all__")
    return found


def _listed(module: ast.Module) -> list[str] | None:
    for node in module.body:
        if isinstance(node, ast.Assign) and any(ast.unparse(t) == "__all__" for t in node.targets):
            value = ast.literal_eval(node.value)
            return [str(name) for name in value]
    return None


# What ends somebody's work here or takes from them what they may: verbs of a person, with a name beside them.
CONSEQUENCES = {"record_leaving", "disable", "take_role"}
FOLLOWS_LEAVING = "project/rights.py"  # sign-in ends with a last day that a person has recorded
NO_PERSON = {"tasks.py", "wiring.py"}


def consequences_without_a_person(tree: Path) -> list[str]:
    """Such verbs in a timetable or a reaction, or said by the system itself."""
    found = []
    for path, module in modules(tree):
        if str(path.relative_to(tree)) == FOLLOWS_LEAVING:
            continue
        nobody = path.name in NO_PERSON or "work" in path.relative_to(tree).parts
        for node in ast.walk(module):
            named = getattr(node, "attr", getattr(node, "id", ""))
            by_system = (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in CONSEQUENCES
                and any(each.arg == "by" and getattr(each.value, "id", "") == "SYSTEM" for each in node.keywords)
            )
            if by_system or (nobody and named in CONSEQUENCES):
                where = f"{path.relative_to(tree)}:{getattr(node, 'lineno', 0)}"
                found.append(f"{where} decides about a person; a person does that")
    return found


DISCIPLINE = re.compile(r"disciplin|warning_letter|sanction|dismissal|termination|strike_|demerit", re.IGNORECASE)


def places_for_discipline(tree: Path) -> list[str]:
    """Tables, columns and verbs that a score could be turned into: there are none, so nothing can lead there."""
    found = []
    for path, module in modules(tree):
        if "apps" not in path.relative_to(tree).parts:
            continue
        for node in ast.walk(module):
            name = getattr(node, "name", "") if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                name = " ".join(getattr(each, "id", "") for each in targets)
            if DISCIPLINE.search(str(name)):
                found.append(f"{path.relative_to(tree)}:{node.lineno}: {name}")
    return found
