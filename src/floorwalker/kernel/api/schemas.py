"""What goes in and out. A field nobody asked for is refused, so that a typing error never passes for a wish."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class In(Schema):
    """Base of what callers send."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Out(Schema):
    """Base of what they get."""
