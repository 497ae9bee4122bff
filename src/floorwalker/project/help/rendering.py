"""A page of the manual as HTML: no markup of its own, links within the suite, tables as everywhere else."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from floorwalker.project.help.manual import Page, pages

if TYPE_CHECKING:  # markdown is read when somebody asks for help, not while the suite starts
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DOCUMENTS = "docs"
MANUAL = "manual"


@dataclass(frozen=True)
class Elsewhere:
    """A document that comes with the source and is no page of the suite."""

    words: str
    place: str


@dataclass
class Rendered:
    """The page without its title; ``parts`` are its headings of the second level, ``anchors`` all there are."""

    html: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    elsewhere: list[Elsewhere] = field(default_factory=list)


@cache
def rendered(key: str, below: int = 0) -> Rendered:
    """A page by its key, headings ``below`` levels lower than written; made once by each process."""
    return render(pages()[key], below)


def render(page: Page, below: int = 0) -> Rendered:
    markdown = reader()
    tokens = markdown.parse(page.text)[3:]  # without the title and its two ends
    made = Rendered()
    _head(tokens, made, below)
    _frame(tokens, page)
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, page, made))
    made.html = mark_safe(markdown.renderer.render(tokens, markdown.options, {}))
    return made


def reader() -> MarkdownIt:
    """CommonMark with tables; HTML in a page is shown as text, and pictures as what they are said to show."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    markdown.add_render_rule("fence", _block)
    markdown.add_render_rule("image", lambda _renderer, tokens, at, *_: str(escape(tokens[at].content)))
    return markdown


def slug(title: str, taken: Counter[str]) -> str:
    """The anchor of a heading, made as those who wrote the links expect it; the second of a name gets a number."""
    name = re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name] - 1}"


def _head(tokens: Sequence[Token], made: Rendered, below: int) -> None:
    """Anchors on headings."""
    taken: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = int(token.tag[1])
        token.tag = f"h{level + below}"
        if token.type == "heading_open":
            title = _words(tokens[at + 1].children or ())
            anchor = slug(title, taken)
            token.attrSet("id", anchor)
            made.anchors.add(anchor)
            if level == 2:
                made.parts.append((anchor, title))


def _frame(tokens: Sequence[Token], page: Page) -> None:
    """Tables are called after the heading they stand below; the policy drops styles, so columns have classes.

    On a phone a row is a few lines: what its column is called then stands before each cell but the first.
    """
    under, called = page.title, Counter[str]()
    heads: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            under = _words(tokens[at + 1].children or ())
        elif token.type == "table_open":
            called[under] += 1
            token.meta["label"] = under if called[under] == 1 else f"{under} {called[under]}"
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            if "right" in str(token.attrs.pop("style", "")):
                token.attrSet("class", "ui-manual-number")
            cell = tokens[at + 1]
            if token.type == "th_open":
                token.attrSet("scope", "col")
                heads.append(_words(cell.children or ()))
            elif column and cell.children and heads[column]:
                cell.children.insert(0, _label(heads[column]))
            column += 1


def _label(head: str) -> Token:
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=f'<span class="ui-cell-label">{escape(head)}: </span>')


def _linked(found: Sequence[Token], page: Page, made: Rendered) -> Iterator[Token]:
    """Links to pages of the manual lead to them here; of other documents the words stay and the place is kept.

    What is emphasised and begins with a capital is called so on a button, and looks like one.
    """
    dropped = False
    for at, token in enumerate(found):
        if token.type == "em_open" and found[at + 1].content[:1].isupper():
            token.attrSet("class", "ui-manual-button")
        if token.type == "link_open":
            href = str(token.attrs["href"])
            there = address(href, page)
            dropped = not there
            if dropped:
                end = next(n for n in range(at, len(found)) if found[n].type == "link_close")
                kept = Elsewhere(_words(found[at:end]), document(href, page))
                made.elsewhere += [kept] if kept not in made.elsewhere else []
            else:
                token.attrSet("href", there)
                if urlsplit(there).scheme:
                    token.attrSet("rel", "noreferrer")
        if not (dropped and token.type in ("link_open", "link_close")):
            yield token
        dropped = dropped and token.type != "link_close"


def address(href: str, page: Page) -> str:
    """Where a link leads from a page of the suite; empty for what is no page of it."""
    url = urlsplit(href)
    if url.scheme or not url.path:
        return href
    place = document(href, page).removeprefix(f"{DOCUMENTS}/{MANUAL}/")
    key = next((each.key for each in pages().values() if each.place == place), "")
    anchor = f"#{url.fragment}" if url.fragment else ""
    return reverse("help:page", args=[key]) + anchor if key else ""


def document(href: str, page: Page) -> str:
    """The file a link leads to, as it is called from the root of the source."""
    beside = posixpath.dirname(posixpath.join(DOCUMENTS, MANUAL, page.place))
    return posixpath.normpath(posixpath.join(beside, urlsplit(href).path))


def _words(found: Sequence[Token]) -> str:
    return "".join(each.content for each in found if each.type in ("text", "code_inline"))


def _table_open(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    label = escape(tokens[at].meta["label"])
    return f'<div class="ui-table ui-table--stacked" tabindex="0" role="region" aria-label="{label}">\n<table>\n'


def _block(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'
