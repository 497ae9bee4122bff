"""A work that may not be one, because it imports Django."""

from __future__ import annotations

from typing import Any

import django


def add(plain: Any, watch: Any) -> str:
    return str(django.VERSION)
