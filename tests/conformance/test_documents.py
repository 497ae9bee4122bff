"""Documents keep in step with the code: snippets run, commands and settings are described, locks are clean."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from floorwalker.cli.main import COMMANDS, cli, run
from floorwalker.kernel.roles import Role

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
METHODS = sorted(ROOT.glob("docs/science/*.md"))
SNIPPET = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
QUESTIONS = ("Problem", "When to use", "Input", "Example", "Reading the output", "Pitfalls", "References")


def snippets() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for number, text in enumerate(SNIPPET.findall(page.read_text(encoding="utf-8")), start=1):
            found.append((f"{page.relative_to(ROOT)}#{number}", text))
    return found


@pytest.mark.parametrize(("name", "text"), snippets(), ids=lambda value: value if "#" in value[:80] else "")
def test_every_snippet_runs(name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ```python block in a document runs as it stands."""
    monkeypatch.chdir(tmp_path)
    module = ModuleType("snippet")
    monkeypatch.setitem(sys.modules, "snippet", module)
    assert exec(compile(text, name, "exec"), module.__dict__) is None


CONSOLE = re.compile(r"^```console\n\$ (floorwalker .*)\n((?:.*\n)*?)^```", re.MULTILINE)


def consoles() -> list[tuple[str, str]]:
    return [found for page in PAGES for found in CONSOLE.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("command", "output"), consoles(), ids=lambda value: value[:40])
def test_every_console_example_says_what_it_shows(
    command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ```console block holds one command and exactly what it prints."""
    assert run(command.split()[1:]) == 0
    assert capsys.readouterr().out == output


@pytest.mark.parametrize("script", sorted(ROOT.glob("examples/*.py")), ids=lambda path: path.name)
def test_every_example_runs(script: Path, tmp_path: Path) -> None:
    """An example ends well and says something."""
    result = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def unanswered(text: str) -> list[str]:
    """The questions of a method page that have no heading in ``text``."""
    headings = [line.lstrip("# ").strip() for line in text.splitlines() if line[:1] == "#"]
    return [question for question in QUESTIONS if question not in headings]


@pytest.mark.parametrize("page", [p for p in METHODS if p.name != "README.md"], ids=lambda page: page.stem)
def test_a_method_page_answers_the_questions(page: Path) -> None:
    """Problem, when, input, example, output, pitfalls, references."""
    assert unanswered(page.read_text(encoding="utf-8")) == []


def test_an_unanswered_question_is_noticed() -> None:
    """A page that is silent on its pitfalls."""
    assert unanswered("\n".join(f"## {question}" for question in QUESTIONS if question != "Pitfalls")) == [
        "Pitfalls"
    ]


LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def dead_links(text: str, folder: Path) -> list[str]:
    """Relative links of ``text`` that lead to nothing in ``folder``."""
    return [target for target in LINK.findall(text) if not (folder / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    """Every relative link of a document leads to a file or folder of the repository."""
    assert dead_links(page.read_text(encoding="utf-8"), page.parent) == []


def test_a_dead_link_is_noticed() -> None:
    """One page that is there, one that is not, one elsewhere on the network."""
    text = "[a](README.md) [b](NOWHERE.md#part) [c](https://example.org/x)"
    assert dead_links(text, ROOT) == ["NOWHERE.md"]


def test_the_index_lists_every_method() -> None:
    """docs/science/README.md links each page beside it."""
    index = (ROOT / "docs" / "science" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in METHODS if page.name != "README.md" and f"({page.name})" not in index] == []


NAMED = re.compile(r"\*{1,2}([A-Z][^*]+)\*{1,2}")


def unnamed(text: str, source: str) -> list[str]:
    """Pages and buttons a text names, emphasised, that no page of the suite calls so."""
    return [name for name in NAMED.findall(text) if f'"{name}"' not in source]


def test_pages_for_roles_name_what_is_there() -> None:
    """Each role has a page; what it calls a page or a button stands in the suite under that name."""
    suite = ROOT / "src" / "floorwalker"
    source = "".join(
        each.read_text(encoding="utf-8") for kind in ("py", "html") for each in suite.rglob(f"*.{kind}")
    )
    pages = {page.stem: page.read_text(encoding="utf-8") for page in ROOT.glob("docs/manual/roles/*.md")}
    assert set(pages) == {role.value.replace("_", "-") for role in Role}
    assert {name: found for name, text in pages.items() if (found := unnamed(text, source))} == {}


def test_a_button_that_is_not_there_is_noticed() -> None:
    """One of two."""
    assert unnamed("Press *Say it*, then **Shout it**.", '_("Say it")') == ["Shout it"]


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli, info_name="floorwalker")
    return [(name, command) for name in COMMANDS if (command := cli.get_command(context, name)) is not None]


def undocumented(name: str, command: click.Command) -> list[str]:
    """What the help of a command leaves out: an example that calls it, --json, what an option does."""
    options = [p for p in command.params if isinstance(p, click.Option)]
    found = [f"--{option.name} says nothing" for option in options if not option.help]
    if f"floorwalker {name} " not in (command.epilog or "") + (command.help or ""):
        found.append("no example")
    if "--json" not in [flag for option in options for flag in option.opts]:
        found.append("no --json")
    return found


@pytest.mark.parametrize(
    ("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_command_has_example_and_json(name: str, command: click.Command) -> None:
    """Help shows an example that calls the command; --json is there; every option says what it does."""
    assert undocumented(name, command) == []


def test_an_undocumented_command_is_noticed() -> None:
    """A command without example, --json or a word about its option."""
    bare = click.Command("bare", params=[click.Option(["--loud"])])
    assert undocumented("bare", bare) == ["--loud says nothing", "no example", "no --json"]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = load(ROOT / "tools" / "reference.py")


@pytest.mark.parametrize("page", REFERENCE.PAGES, ids=lambda page: page.stem)
def test_a_generated_page_is_current(page: Path) -> None:
    """`make docs` would change nothing."""
    assert page.read_text(encoding="utf-8") == REFERENCE.PAGES[page]()


def settings_read(code: str) -> set[str]:
    return set(re.findall(r"[\"'](FLOORWALKER_[A-Z_]+)[\"']", code))


def settings_described(env: str) -> set[str]:
    return set(re.findall(r"^#?\s?(FLOORWALKER_[A-Z_]+)=", env, re.MULTILINE))


def test_every_setting_is_described() -> None:
    """Each FLOORWALKER_ variable the code reads stands in .env.example, and none stands there that it does not."""
    code = [
        p for room in ("src", "tests", "benchmarks") for p in (ROOT / room).rglob("*.py") if p != Path(__file__)
    ]
    read = settings_read("".join(p.read_text(encoding="utf-8") for p in code))
    assert settings_described((ROOT / ".env.example").read_text(encoding="utf-8")) == read


def test_an_undescribed_setting_is_noticed() -> None:
    """Code that reads two settings of which one is described."""
    code = "os.environ['FLOORWALKER_ONE'], os.environ[\"FLOORWALKER_TWO\"]"
    assert settings_read(code) - settings_described("# FLOORWALKER_ONE=1\n") == {"FLOORWALKER_TWO"}


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_locks_are_hashed_and_name_no_host(lock: Path) -> None:
    """Each pin carries hashes and no address."""
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--index-url|--find-links", text)
    pins = re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE)
    assert pins
    assert text.count("--hash=sha256:") >= len(pins)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """.ci/run calls what the README tells people to call."""
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make test")


def test_nothing_of_others_is_copied_in() -> None:
    """No minified or vendored files in the repository."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [
        name for name in listed if re.search(r"\.min\.(js|css)$|(^|/)(vendor|node_modules)/|\.woff2?$", name)
    ] == []


def test_decisions_are_numbered_and_whole() -> None:
    """Each decision record has its number, and says context, decision and consequences."""
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(p.name[:4]) for p in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(f"## {part}" in text for part in ("Context", "Decision", "Consequences")), page.name
