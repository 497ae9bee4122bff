"""Rules about the templates, each shown to fire on one deliberate violation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance import pages

Rule = Callable[[Path], list[str]]
VIOLATIONS: list[tuple[Rule, str]] = [
    (pages.inline_styles, '<p style="color: red">{{ x }}</p>'),
    (pages.inline_styles, "<style>p { color: red }</style>"),
    (pages.inline_scripts, "<script>alert(1)</script>"),
    (pages.inline_scripts, '<script type="module">go()</script>'),
    (pages.event_attributes, '<a href="/" onclick="go()">{{ x }}</a>'),
    (pages.event_attributes, '<a href="/" hx-on:click="go()">{{ x }}</a>'),
    (pages.foreign_files, '<script src="https://example.org/a.js"></script>'),
    (pages.unread_tags, '{% translate\n"Hours" %}'),
    (pages.nameless_controls, '<img src="{{ x }}">'),
    (pages.nameless_controls, '<button>{% icon "x" %}</button>'),
    (pages.nameless_controls, '<a href="/"><svg><use href="#x"></use></svg></a>'),
    (pages.unknown_icons, '{% button x "/" icon="no-such-icon" %}'),
    (pages.unknown_icons, '{% icon "no-such-icon" %}'),
    (pages.untranslated_words, "<p>Your hours</p>"),
    (pages.untranslated_words, "<p>{{ n }} hours are short</p>"),
    (pages.untranslated_words, '<input placeholder="Your name">'),
    (pages.untranslated_words, '{% button "Save it" "/" %}'),
    (pages.untranslated_words, '{% panel title="Your hours" %}{% endpanel %}'),
]
ALLOWED = """{% load i18n ui %}{# a note #}{% comment %}not shown{% endcomment %}<!-- a note -->
<h1>{% translate "Hours" %}</h1><p>{% blocktranslate %}{{ n }} hours{% endblocktranslate %}</p>
{% button _("Save") "save/" icon="check" %}<a href="x.csv">CSV</a>
<button aria-label="{{ x }}">{% icon "x" %}</button>
<script type="application/json">{"word": "data"}</script><script src="{% static 'a.js' %}" type="module"></script>
<img src="{{ x }}" alt=""> {{ n|default:"none" }} &nbsp; → <svg><title>mark</title></svg> <code>make setup</code>
"""
RULES = list(dict.fromkeys(rule for rule, _ in VIOLATIONS))


def tree_with(folder: Path, text: str) -> Path:
    (folder / "apps" / "x" / "templates" / "x").mkdir(parents=True)
    (folder / "apps" / "x" / "templates" / "x" / "page.html").write_text(text, encoding="utf-8")
    (folder / pages.ICONS).parent.mkdir(parents=True)
    (folder / pages.ICONS).write_text("x\ncheck\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_templates_keep_the_rule(rule: Rule, root: Path) -> None:
    """No template of the suite breaks it."""
    assert rule(root / "src" / "floorwalker") == []


@pytest.mark.parametrize(
    ("rule", "text"), VIOLATIONS, ids=[f"{rule.__name__}-{n}" for n, (rule, _) in enumerate(VIOLATIONS)]
)
def test_the_rule_fires(rule: Rule, text: str, tmp_path: Path) -> None:
    """One deliberate violation is found, with its place."""
    assert rule(tree_with(tmp_path, text))[0].startswith("apps/x/templates/x/page.html:1:")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_lets_good_pages_pass(rule: Rule, tmp_path: Path) -> None:
    """Translated words, words that are the same everywhere, data, and files of our own."""
    assert rule(tree_with(tmp_path, ALLOWED)) == []
