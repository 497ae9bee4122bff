"""`{% load ui %}`: the components of the suite as template tags. Use: see docs/guides/kernel/look.md."""

from __future__ import annotations

from floorwalker.kernel.templatetags.ui import forms, parts, pictures, strips, tables, words
from floorwalker.kernel.templatetags.ui.library import register

__all__ = ["forms", "parts", "pictures", "register", "strips", "tables", "words"]
