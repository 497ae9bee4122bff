"""The small components: icon, buttons, figure, panel, status, empty state, job, thread, tabs, steps, changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message as Flash
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from floorwalker.kernel.look.parts import TONES, Change, JobView, Message, Step, Tab, Why, checked_tone
from floorwalker.kernel.templatetags.ui.library import register

BUTTONS = {"primary": "btn btn-primary", "plain": "btn", "quiet": "btn btn-ghost", "danger": "btn btn-danger"}
STEP_LOOK = {
    "done": ("good", "circle-check"),
    "current": ("progress", "circle-dot"),
    "waiting": ("neutral", "circle"),
    "blocked": ("attention", "alert-triangle"),
}
CHANGE_LOOK = {"added": "plus", "changed": "pencil", "removed": "minus", "kept": "equal"}


@cache
def icon_names() -> frozenset[str]:
    listed = files("floorwalker.kernel").joinpath("static", "floorwalker", "icons.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


@register.simple_tag
def icon(name: str, label: Any = "") -> SafeString:
    """An icon of the sprite; without `label` it is decoration and silent."""
    if name not in icon_names():
        raise ValueError(f"icon {name!r} is not in static/floorwalker/icons.txt: add it there and run make setup")
    if label:
        return format_html(
            '<svg class="ui-icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, _address(name)
        )
    return _silent(name)


@cache
def _silent(name: str) -> SafeString:
    return format_html('<svg class="ui-icon" aria-hidden="true"><use href="{}"></use></svg>', _address(name))


def _address(name: str) -> str:
    return f"{static('vendor/icons.svg')}#{name}"


def _button_class(kind: str) -> str:
    if kind not in BUTTONS:
        raise ValueError(f"button kind {kind!r}: one of {', '.join(BUTTONS)}")
    return BUTTONS[kind]


@register.inclusion_tag("ui/button.html")
def button(label: Any, url: str, kind: str = "plain", icon: str = "", only_icon: bool = False) -> dict[str, Any]:
    """A link that looks like a button: goes somewhere, changes nothing."""
    return {"label": label, "url": url, "css": _button_class(kind), "icon": icon, "only_icon": only_icon}


@register.inclusion_tag("ui/submit.html")
def submit(
    label: Any, kind: str = "primary", icon: str = "", name: str = "", value: Any = "", only_icon: bool = False
) -> dict[str, Any]:
    """The button of a form; `name` and `value` tell which of several was pressed."""
    return {
        "label": label,
        "css": _button_class(kind),
        "icon": icon,
        "name": name,
        "value": value,
        "only_icon": only_icon,
    }


@register.inclusion_tag("ui/action.html", takes_context=True)
def action(
    context: Context,
    label: Any,
    url: str,
    kind: str = "plain",
    icon: str = "",
    name: str = "",
    value: Any = "",
    only_icon: bool = False,
) -> dict[str, Any]:
    """A verb at one click: a form of its own that posts to `url`."""
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "icon": icon,
        "name": name,
        "value": value,
        "only_icon": only_icon,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("ui/figure.html")
def figure(
    label: Any,
    value: Any,
    unit: Any = "",
    context: Any = "",
    change: Any = "",
    tone: str = "",
    url: str = "",
    why: Why | None = None,
) -> dict[str, Any]:
    """A number with what it means; `tone` colours the change and gives it a shape; `why` opens the reasons."""
    shape = TONES[checked_tone(tone)] if tone else ""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "context": context,
        "change": change,
        "tone": tone,
        "shape": shape,
        "url": url,
        "why": why,
    }


@register.simple_block_tag
def figures(content: str) -> Any:
    """A row of figures."""
    return format_html('<div class="ui-figures">{}</div>', content)


@register.simple_block_tag(takes_context=True)
def panel(
    context: Context,
    content: str,
    title: Any = "",
    note: Any = "",
    key: str = "",
    link: str = "",
    link_label: Any = "",
    flush: bool = False,
) -> Any:
    """A framed part of a page; `flush` lets a table or grid touch the frame."""
    return _rendered(
        context,
        "ui/panel.html",
        {
            "title": title,
            "note": note,
            "key": key,
            "link": link,
            "link_label": link_label,
            "flush": flush,
            "content": content,
        },
    )


@register.inclusion_tag("ui/status.html")
def status(label: Any, tone: str = "neutral", hint: Any = "") -> dict[str, Any]:
    """A state as a shape and a word."""
    return {"label": label, "tone": checked_tone(tone), "shape": TONES[tone], "hint": hint}


@register.inclusion_tag("ui/callout.html")
def callout(text: Any, tone: str = "info", title: Any = "", url: str = "", link: Any = "") -> dict[str, Any]:
    """A sentence that must be seen, with its link."""
    return {
        "text": text,
        "tone": checked_tone(tone),
        "shape": TONES[tone],
        "title": title,
        "url": url,
        "link": link,
    }


@register.inclusion_tag("ui/empty.html")
def empty(title: Any, text: Any = "", url: str = "", action: Any = "", icon: str = "inbox") -> dict[str, Any]:
    """What will be here and how to start."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("ui/job.html", takes_context=True)
def job(context: Context, job: JobView) -> dict[str, Any]:
    """A long work: progress, best, bound, time left, stop; follows its stream by itself."""
    here = getattr(
        context.get("request"), "path", ""
    )  # a page that is loaded after the end shows the result itself
    return {"job": job, "shape": TONES[job.tone], "csrf_token": context.get("csrf_token", ""), "here": here}


@register.inclusion_tag("ui/thread.html")
def thread(messages: Sequence[Message], empty: Any = "") -> dict[str, Any]:
    """People's messages and what became of the matter, oldest first."""
    entries = [(message, TONES[checked_tone(message.tone)]) for message in messages]
    return {"entries": entries, "empty": empty}


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    label: Any,
    url: str,
    title: Any,
    verb: Any,
    kind: str = "plain",
    icon: str = "",
    name: str = "",
    value: Any = "",
) -> Any:
    """A verb that asks first: the block says what it will touch and may hold fields; `verb` does it."""
    return _rendered(
        context,
        "ui/confirm.html",
        {
            "label": label,
            "url": url,
            "title": title,
            "verb": verb,
            "css": _button_class(kind),
            "icon": icon,
            "name": name,
            "value": value,
            "verb_kind": "danger" if kind == "danger" else "primary",
            "content": content,
        },
    )


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Tab], label: Any) -> dict[str, Any]:
    """Views of one thing, each with its own address."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Step], label: Any = "") -> dict[str, Any]:
    """A checklist: what is done, what is next, what is in the way."""
    return {"items": [(step, *STEP_LOOK[step.state]) for step in items], "label": label}


@register.inclusion_tag("ui/changes.html")
def changes(items: Sequence[Change], empty: Any = "") -> dict[str, Any]:
    """What will change, before it does."""
    return {"items": [(change, CHANGE_LOOK[change.kind]) for change in items], "empty": empty}


@register.inclusion_tag("ui/facts.html")
def facts(items: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """Names and values, line by line."""
    return {"items": items}


@register.inclusion_tag("ui/skeleton.html")
def skeleton(lines: int = 3, tall: bool = False) -> dict[str, Any]:
    """The room something will take that is still being loaded."""
    return {"lines": range(lines), "tall": tall}


@register.inclusion_tag("ui/provenance.html")
def provenance(who: Any, at: datetime, why: Any = "", url: str = "") -> dict[str, Any]:
    """Who changed this, when and why, with the way to its history."""
    return {"who": who, "at": at, "why": why, "url": url}


@register.inclusion_tag("ui/person.html")
def person(name: Any, url: str = "", note: Any = "") -> dict[str, Any]:
    """A person with their initials."""
    words = str(name).split()
    letters = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
    return {"name": name, "url": url, "note": note, "initials": letters}


MESSAGE_TONES = {levels.SUCCESS: "good", levels.WARNING: "attention", levels.ERROR: "bad"}


@register.filter
def message_tone(message: Flash) -> str:
    """The tone of a message Django carries over to the next page."""
    return MESSAGE_TONES.get(message.level, "info")


@register.filter
def message_shape(message: Flash) -> str:
    return TONES[message_tone(message)]


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """`{% capture as name %}…{% endcapture %}`: keeps what it holds, to be shown more than once."""
    return mark_safe(content.strip())  # rendered by the engine, escaped already


def _rendered(context: Context, name: str, values: dict[str, Any]) -> Any:
    """A component's own template, with the page's token for forms and nothing else of the page."""
    template = context.template.engine.get_template(name)
    return template.render(context.new({**values, "csrf_token": context.get("csrf_token", "")}))
