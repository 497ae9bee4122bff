"""A wheel carries the manual, so that an installed suite shows it; a clone reads its own documents."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualInWheel(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build_data["force_include"]["docs/manual"] = "floorwalker/project/manual"
