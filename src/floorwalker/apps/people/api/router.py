"""The router of the workforce: its operations stand beside it, by noun."""

from __future__ import annotations

from ninja import Router

from floorwalker.apps.people import directories
from floorwalker.kernel.directory import declare_operations

router = Router(tags=["People"])
for directory in directories.ALL:
    declare_operations(router, directory)
