"""The files of a made-up centre, written by the command line and read back."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class SampleFiles:
    """One centre as files; ``week`` is the Monday it is to be planned for."""

    name: str
    folder: Path
    week: date

    @property
    def facts(self) -> dict[str, Any]:
        """Sites, clients, queues, teams, supervisors, shrinkage."""
        found: dict[str, Any] = json.loads((self.folder / "centre.json").read_text(encoding="utf-8"))
        return found

    @property
    def people(self) -> list[dict[str, str]]:
        with (self.folder / "people.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def history(self, site: str) -> Path:
        """The history of one site; a centre of one site has one file."""
        own = self.folder / f"history-{site.lower().replace(' ', '-')}.csv"
        return own if own.exists() else self.folder / "history.csv"


def next_monday(today: date) -> date:
    return today + AHEAD - timedelta(days=today.weekday())


def make_files(name: str, home: Path, today: date) -> SampleFiles:
    """Have the centre made up, unless it lies there already for the week to come."""
    week = next_monday(today)
    folder = home / "sample" / f"{name}-{week.isoformat()}"
    if not (folder / "centre.json").exists():
        command = [sys.executable, "-m", "floorwalker.cli", "sample", name]
        subprocess.run(
            [*command, "--until", week.isoformat(), "--out", str(folder)], check=True, stdout=subprocess.DEVNULL
        )
    return SampleFiles(name, folder, week)
