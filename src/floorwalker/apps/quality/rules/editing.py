"""Changing a form piece by piece; every function gives a new form."""

from __future__ import annotations

import re
from dataclasses import replace

from floorwalker.apps.quality.rules.forms import FormContent, Item, Section

EMPTY = FormContent(())


def with_section(form: FormContent, title: str, place: int | None = None) -> FormContent:
    """A new section at the end, or another title for the one at ``place``."""
    title = title.strip()
    if place is None:
        return FormContent((*form.sections, Section(title, ())))
    return _put(form, place, replace(form.sections[place], title=title))


def without_section(form: FormContent, place: int) -> FormContent:
    """Without the section at ``place`` and all its items."""
    return FormContent((*form.sections[:place], *form.sections[place + 1 :]))


def with_item(form: FormContent, item: Item, place: int) -> FormContent:
    """The item where one of its key stands, or else at the end of the section at ``place``."""
    for number, section in enumerate(form.sections):
        keys = [each.key for each in section.items]
        if item.key in keys:
            at = keys.index(item.key)
            items = (*section.items[:at], item, *section.items[at + 1 :])
            return _put(form, number, replace(section, items=items))
    section = form.sections[place]
    return _put(form, place, replace(section, items=(*section.items, item)))


def without_item(form: FormContent, key: str) -> FormContent:
    return FormContent(
        tuple(
            replace(section, items=tuple(item for item in section.items if item.key != key))
            for section in form.sections
        )
    )


def moved(form: FormContent, key: str, by: int) -> FormContent:
    """The item one place up (-1) or down (+1); past the end of its section it goes into the next one."""
    sections = [list(section.items) for section in form.sections]
    for number, items in enumerate(sections):
        at = next((place for place, item in enumerate(items) if item.key == key), None)
        if at is None:
            continue
        item = items.pop(at)
        if 0 <= at + by <= len(items):
            items.insert(at + by, item)
        elif 0 <= number + by < len(sections):
            there = sections[number + by]
            there.insert(len(there) if by < 0 else 0, item)
        else:
            items.insert(at, item)
        break
    return FormContent(
        tuple(replace(section, items=tuple(items)) for section, items in zip(form.sections, sections, strict=True))
    )


def fresh_key(form: FormContent, text: str) -> str:
    """A key no item has, made of the first words of its text; it never changes afterwards."""
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower())[:5])[:40].strip("-") or "item"
    taken = {item.key for item in form.items()}
    number, key = 2, words
    while key in taken:
        key, number = f"{words}-{number}", number + 1
    return key


def _put(form: FormContent, place: int, section: Section) -> FormContent:
    return FormContent((*form.sections[:place], section, *form.sections[place + 1 :]))
