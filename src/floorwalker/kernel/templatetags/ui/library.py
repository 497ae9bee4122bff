"""The one library all tags of `ui` register in."""

from __future__ import annotations

from django.template import Library

register = Library()
