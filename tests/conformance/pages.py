"""Rules about every template, as functions of a source tree: each returns the sentences of its breaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ICONS = Path("kernel") / "static" / "floorwalker" / "icons.txt"
# The same in every language: names of products, files and keys, and parts of addresses.
SAME_EVERYWHERE = re.compile(
    r"\b(Floorwalker|CSV|XLSX|ZIP|JSON|API|REST|OpenAPI|UTC|ID|QR|Esc|AHT|iCal|ICS|kB|MB)\b|&\w+;|[?&]\w+="
)
# Arguments of our components that people read, and components whose first argument is read.
READ = r"label|title|text|note|caption|empty(?:_text|_action)?|verb|link(?:_label)?|action|hint|context|change"
FIRST = ("button", "submit", "action", "status", "callout", "empty", "figure", "provenance")

COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.S)
SAID_BY_TRANSLATION = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
CODE = re.compile(r"<(script|style|svg|code|kbd|samp|pre)\b.*?</\1>", re.S)  # nothing in it is a sentence
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
ELEMENT = re.compile(r"<[^>]*>", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")
ATTRIBUTE = re.compile(r"""\b(title|placeholder|alt|aria-label|aria-description)=("[^"]*"|'[^']*')""")


def templates(tree: Path) -> Iterator[tuple[str, str]]:
    """Every template's place and text, comments taken out line by line."""
    for path in sorted([*tree.rglob("templates/**/*.html"), *tree.rglob("templates/**/*.txt")]):
        text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
        yield str(path.relative_to(tree)), text


def inline_styles(tree: Path) -> list[str]:
    """`style=` and `<style>`: the policy drops them silently."""
    return _found(tree, re.compile(r"\sstyle\s*=|<style\b"), "an inline style; give it a class")


def inline_scripts(tree: Path) -> list[str]:
    """Scripts written into the page; data in JSON are none."""
    script = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")
    return _found(tree, script, "a script in the page; put it into a file of its own")


def event_attributes(tree: Path) -> list[str]:
    """`onclick=`, `hx-on`: code in an attribute."""
    return _found(tree, re.compile(r"<[^>]*\s(on[a-z]+\s*=|hx-on\b)"), "code in an attribute; listen in a file")


def foreign_files(tree: Path) -> list[str]:
    """Scripts, styles and pictures from another machine."""
    foreign = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//")
    return _found(tree, foreign, "a file from another machine; tools/assets.py brings what pages load")


def unread_tags(tree: Path) -> list[str]:
    """A tag broken over two lines: Django shows it as text."""
    return _found(tree, re.compile(r"{%(?:(?!%}).)*\n"), "a tag that goes over its line; Django reads no such tag")


def nameless_controls(tree: Path) -> list[str]:
    """Pictures without `alt`, and links and buttons that hold an icon and no word."""
    found = _found(tree, re.compile(r"<img\b(?![^>]*\balt=)[^>]*>"), "a picture without alt")
    control = re.compile(r"<(a|button|summary)\b([^>]*)>(.*?)</\1>", re.S)
    silent = re.compile(r"{%\s*(icon\b(?!.*\blabel=)|load|if|elif|else|endif|for|endfor)\b.*?%}")
    for place, text in templates(tree):
        for each in control.finditer(text):
            said = ELEMENT.sub("", silent.sub("", CODE.sub("", each[3]))).strip()
            if not said and not re.search(r"\baria-label(ledby)?=", each[2]):
                found.append(
                    f"{_at(place, text, each.start())}: <{each[1]}> without a word; add one, or aria-label"
                )
    return found


def unknown_icons(tree: Path) -> list[str]:
    """Icons set-up does not draw."""
    listed = tree / ICONS
    known = set(listed.read_text(encoding="utf-8").split()) if listed.exists() else set()
    used = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']|\bicon=["']([\w-]+)["']""")
    return [
        f"{_at(place, text, each.start())}: icon {each[1] or each[2]}; add it to {ICONS.name}"
        for place, text in templates(tree)
        for each in used.finditer(text)
        if (each[1] or each[2]) not in known
    ]


def untranslated_words(tree: Path) -> list[str]:
    """Words for people outside `translate`: in the text, in attributes, in arguments of components."""
    found = []
    for place, text in templates(tree):
        bare = SAID_BY_TRANSLATION.sub(_blank, CODE.sub(_blank, text))
        found += [
            f"{_at(place, bare, position)}: “{words.strip()[:40]}” is not marked for translation"
            for position, words in _literals(bare)
        ]
    return found


def _literals(text: str) -> Iterator[tuple[int, str]]:
    for tag in re.finditer(r"{%\s*(\w+)\b(.*?)%}", text):
        name, arguments = tag[1], tag[2]
        first = re.match(r"\s+\"([^\"]*)\"", arguments) if name in FIRST else None
        said = [first] if first else []
        said += (
            list(re.finditer(rf"\b(?:{READ})=\"([^\"]*)\"", arguments)) if name not in ("with", "include") else []
        )
        yield from ((tag.start(), each[1]) for each in said if _has_words(each[1]))
    plain = TAG.sub(_blank, text)
    for each in ATTRIBUTE.finditer(plain):
        if _has_words(each[2]):
            yield each.start(), each[2].strip("\"'")
    for line in re.finditer(r"[^\n]+", ELEMENT.sub(_blank, plain)):
        if _has_words(line[0]):
            yield line.start() + len(line[0]) - len(line[0].lstrip()), line[0]


def _has_words(text: str) -> bool:
    return bool(WORD.search(SAME_EVERYWHERE.sub(" ", text)))


def _blank(found: re.Match[str]) -> str:
    """Spaces of the same length, so that places stay right."""
    return re.sub(r"[^\n]", " ", found[0])


def _found(tree: Path, pattern: re.Pattern[str], sentence: str) -> list[str]:
    return [
        f"{_at(place, text, each.start())}: {sentence}"
        for place, text in templates(tree)
        for each in pattern.finditer(text)
    ]


def _at(place: str, text: str, position: int) -> str:
    return f"{place}:{text.count(chr(10), 0, position) + 1}"
