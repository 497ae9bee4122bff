"""The version somebody looked at before they sent a form."""

from __future__ import annotations

from floorwalker.kernel.pages import Request


def seen_version(request: Request, otherwise: int = 0) -> int:
    """As it was sent; what is no number is no version there ever was, and is answered as an older one."""
    said = request.POST.get("version", "")
    if not said:
        return otherwise
    return int(said) if said.isdecimal() and len(said) < 10 else 0
