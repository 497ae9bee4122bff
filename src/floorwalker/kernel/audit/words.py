"""What entries are called on pages: each domain says its verbs in words when it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

WORDS: dict[str, Any] = {}


def verbs(words: Mapping[str, Any]) -> None:
    """Say verbs in words: ``audit.verbs({"schedules.publish": _("published the schedule")})``."""
    WORDS.update(words)


def said(verb: str) -> str:
    """A verb in words; without any, its own name made readable."""
    if verb in WORDS:
        return str(WORDS[verb])
    if verb.endswith(".seen"):
        return _("looked at")
    return verb.rsplit(".", 1)[-1].replace("_", " ")
