"""Forms as people can fill them in: label, help, error beside the field, and a summary at the top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from django.forms import BoundField, DateField, Form, ModelChoiceField, widgets
from django.template import Context
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from floorwalker.kernel.look import day_words
from floorwalker.kernel.picking import PickField, PickInput
from floorwalker.kernel.templatetags.ui.library import register

FIELDS_ON_A_PHONE = 2  # beside each other; more filters are folded away there
GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: Any = "", wide: bool = False, quiet: bool = False) -> dict[str, Any]:
    """One field. `hint` replaces the form's help text; `wide` takes the whole row; `quiet` hides the label."""
    widget = bound.field.widget
    group = isinstance(widget, GROUPS)
    optional = not bound.field.required and bound.name not in getattr(bound.form, "needed_at_times", ())
    if isinstance(bound.field, ModelChoiceField) and bound.field.empty_label == "---------":
        bound.field.empty_label = _("none") if optional else _("choose one")
    helped = hint or bound.help_text
    described = [f"{bound.auto_id}_helptext"] if helped else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {} if group else {"class": _css(widget)}
    if described and not group:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
        if not group:
            attributes["class"] += " is-invalid"
    return {
        "bound": bound,
        "drawn": bound.as_widget(attrs=attributes),
        "help": helped,
        "described": " ".join(described),
        "group": group,
        "check": isinstance(widget, widgets.CheckboxInput),
        "optional": optional,
        "wide": wide,
        "quiet": quiet,
    }


@register.inclusion_tag("ui/fields.html")
def fields(form: Form) -> dict[str, Any]:
    """All fields of a form in its order, hidden ones too."""
    return {"form": form}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: Form) -> dict[str, Any]:
    """Every error of the forms, each a link to its field; nothing when there is none."""
    return {"errors": [error for form in forms for error in _errors(form)]}


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, form: Form, label: Any = "") -> Any:
    """A bar of filters whose state is the address, the rest of which stays; the block may hold more fields."""
    query = context["request"].GET if "request" in context else None
    named = {name for bound in form for name in _names(bound)}
    kept = [
        (key, value)
        for key in query or ()
        for value in query.getlist(key)
        if key not in {*named, "after", "before"}
    ]
    values = {
        "form": form,
        "label": label or _("Filter"),
        "folds": len(form.visible_fields()) > FIELDS_ON_A_PHONE,
        "kept": kept,
        "chosen": list(_chosen(form, query)) if query else [],
        "clear": _address([(key, value) for key, value in kept]),
        "content": content,
    }
    return context.template.engine.get_template("ui/filters.html").render(context.new(values))


def _css(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, widgets.Select) else "form-control"


def _errors(form: Form) -> Iterator[tuple[str, Any, str]]:
    """Where the error is, what the field is called, and what is wrong."""
    for name, errors in form.errors.items():
        target, label = "", ""
        if name in form.fields:
            bound = form[name]
            target = f"{bound.auto_id}_0" if isinstance(bound.field.widget, GROUPS) else bound.auto_id
            label = bound.label
        for error in errors:
            yield target, label, str(error)


def _chosen(form: Form, query: Any) -> Iterator[dict[str, Any]]:
    """The filters in force, each with the address that lifts it."""
    for bound in form:
        if isinstance(bound.field, PickField):
            if picked := bound.field.widget.label:  # type: ignore[union-attr]
                rest = [
                    (key, each)
                    for key in query
                    for each in query.getlist(key)
                    if key not in ("after", "before", *_names(bound))
                ]
                yield {"label": bound.label, "value": picked, "url": _address(rest)}
            continue
        for value in query.getlist(bound.html_name):
            if value == "":
                continue
            rest = [
                (key, each)
                for key in query
                for each in query.getlist(key)
                if key not in ("after", "before") and (key, each) != (bound.html_name, value)
            ]
            yield {"label": bound.label, "value": _said(bound, value), "url": _address(rest)}


def _names(bound: BoundField) -> tuple[str, ...]:
    """What a field sends."""
    return PickInput.names(bound.html_name) if isinstance(bound.field, PickField) else (bound.html_name,)


def _said(bound: BoundField, value: str) -> Any:
    if isinstance(bound.field.widget, widgets.CheckboxInput):
        return ""
    for key, word in getattr(bound.field, "choices", ()):
        if str(key) == value:
            return word
    if isinstance(bound.field, DateField):
        with suppress(ValueError):
            return day_words(date.fromisoformat(value))
    return value


def _address(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else "?"


@register.simple_block_tag
def buttons(content: str) -> Any:
    """A row of buttons, the likely one first."""
    return format_html('<div class="ui-buttons">{}</div>', content)
