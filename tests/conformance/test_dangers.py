"""What can turn data into code stands at named places only, each with its reason (S-30, S-32)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.rules import modules

CODE = {"eval", "exec", "compile", "__import__"}
PICKLES = {"pickle", "cPickle", "dill", "marshal", "shelve", "cloudpickle"}
SAFE = {"mark_safe", "SafeString", "SafeText"}

# Markup that is not escaped again, made of parts that are.
UNESCAPED = {
    "kernel/templatetags/ui/parts.py": "what the template engine has rendered, escaped there",
    "kernel/templatetags/ui/rows.py": "thousands of cells of a grid, each part escaped where it is put in",
    "project/help/rendering.py": "what the reader of Markdown has written, HTML in it escaped there",
    "kernel/templatetags/ui/strips.py": "hundreds of lines of a table, each part escaped where it is put in",
}
# Statements Django's queries cannot say; values are always handed over beside them.
STATEMENTS = {
    "apps/demand/services/queues.py": "a lock that belongs to no row",
    "apps/performance/services/facts.py": "a lock that belongs to no row",
    "apps/performance/queries/teams.py": "adds up by team what was added up by agent",
    "apps/quality/queries/score_sums.py": "adds up by client what was added up by agent",
    "apps/recognition/services/seasons.py": "counts the points of a season in one statement",
    "kernel/audit/chain.py": "reads a million rows as they are stored",
    "kernel/audit/recording.py": "numbers the entries before the transaction ends",
    "kernel/events/retrying.py": "the tables of the queue are not Django's",
    "kernel/live/telling.py": "NOTIFY",
    "project/doctor.py": "asks the server what it is and whom it takes us for",
}


def dangers(tree: Path) -> Iterator[str]:
    """Every place that runs text as code, reads pickles, goes through a shell, or leaves the safe ways."""
    for path, module in modules(tree):
        place = str(path.relative_to(tree))
        for node in ast.walk(module):
            for what in _of(node, place):
                yield f"{place}:{getattr(node, 'lineno', 0)} {what}"


def _of(node: ast.AST, place: str) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
        if PICKLES & {name.partition(".")[0] for name in names}:
            yield "reads what runs when it is read; use JSON"
    if not isinstance(node, ast.Call):
        return
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = ast.unparse(node.func)
    if name in CODE:
        yield f"calls {name}; nothing written by people is ever run"
    if called in {"os.system", "os.popen"} or called.startswith("commands."):
        yield f"calls {called}; use a list of arguments"
    if any(
        k.arg == "shell" and not (isinstance(k.value, ast.Constant) and not k.value.value) for k in node.keywords
    ):
        yield "goes through a shell; use a list of arguments"
    if called in {"yaml.load", "yaml.unsafe_load"}:
        yield "loads objects; use safe_load"
    if name in SAFE and place not in UNESCAPED:
        yield f"calls {name}; use format_html, or name the file with its reason"
    in_suite = place.startswith(("apps/", "kernel/", "project/")) and "/migrations/" not in place
    raw = (attribute in {"raw", "extra"} and "objects" in called) or name == "RawSQL"
    if in_suite and place not in STATEMENTS and (raw or called.endswith("connection.cursor")):
        yield f"speaks SQL by {attribute or name}; ask by queries, or name the file with its reason"


def test_nothing_of_people_becomes_code(root: Path) -> None:
    """No eval, no pickle, no shell; unescaped markup and SQL at the named places alone."""
    assert list(dangers(root / "src" / "floorwalker")) == []


def test_every_reason_is_still_needed(root: Path) -> None:
    """A file that has become safe is taken off the list, so that it stays safe."""
    tree = root / "src" / "floorwalker"
    stale = [place for place in UNESCAPED if not any(f"{n}(" in (tree / place).read_text() for n in SAFE)]
    stale += [place for place in STATEMENTS if "connection.cursor(" not in (tree / place).read_text()]
    assert stale == []


# Statements that hold another, which Django made of its queries, its values beside it.
HOLDING = {"apps/performance/queries/teams.py", "apps/quality/queries/score_sums.py"}


def test_statements_are_never_put_together_from_values(root: Path) -> None:
    """`execute` gets a text that stands in the code: no f-string, no %, no +, no format."""
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path, module in modules(root / "src" / "floorwalker")
        if str(path.relative_to(root / "src" / "floorwalker")) not in HOLDING
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "cursor.execute"
        and not (isinstance(node.args[0], ast.Constant | ast.Name))
    ]
    assert found == []


def test_letters_escape_nothing_because_they_are_text(root: Path) -> None:
    """Escaping is switched off in templates of plain text alone, and no template says safe."""
    for path in (root / "src" / "floorwalker").rglob("templates/**/*.*"):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".txt":
            assert "autoescape off" not in text, path
            assert "|safe" not in text, path


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "exec(text)",
        "import pickle",
        "from marshal import loads",
        "subprocess.run(text, shell=True)",
        "os.system(text)",
        "yaml.load(text)",
        "mark_safe(text)",
        "Agent.objects.raw(text)",
        "Agent.objects.extra(where=[text])",
        "with connection.cursor() as cursor: pass",
    ],
)
def test_a_danger_is_noticed(tmp_path: Path, code: str) -> None:
    """One deliberate violation each."""
    path = tmp_path / "apps" / "cafe" / "queries.py"
    path.parent.mkdir(parents=True)
    path.write_text(code)
    assert list(dangers(tmp_path))
