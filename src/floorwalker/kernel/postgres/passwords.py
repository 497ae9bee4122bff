"""The passwords of the two roles: made once, kept in files only we can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from floorwalker.kernel.postgres.connection import APP, OWNER
from floorwalker.kernel.postgres.folders import checked, write

ROLES = (OWNER, APP)


def kept(folder: Path) -> dict[str, str] | None:
    """The password of each role, or None when one is not there."""
    found = {}
    for role in ROLES:
        path = folder / role
        if not path.exists():
            return None
        checked(path, uid=os.geteuid())
        found[role] = path.read_text(encoding="ascii")
    return found


def make(folder: Path) -> dict[str, str]:
    """New passwords, written before any role has them: a crash in between costs nothing."""
    made = {role: secrets.token_urlsafe(32) for role in ROLES}
    for role, password in made.items():
        write(folder / role, password)
    return made
