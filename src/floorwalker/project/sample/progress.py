"""How far the making of a sample is, for the first page: a small file beside it, with nothing of anybody."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.look import Step

STAGES = (
    ("centre", _("A centre is made up")),
    ("people", _("People come in")),
    ("history", _("History is read and stored")),
    ("forecasts", _("Forecasts are made")),
    ("staff", _("Required staff is computed")),
    ("roster", _("Rosters are made")),
    ("publication", _("The week is published")),
)
MAKING, DONE, FAILED = "making", "done", "failed"


@dataclass(frozen=True)
class Progress:
    """A sample on its way."""

    name: str
    stage: str
    state: str

    @property
    def failed(self) -> bool:
        return self.state == FAILED

    @property
    def steps(self) -> list[Step]:
        place = [key for key, _label in STAGES].index(self.stage)
        now = "blocked" if self.failed else "current"
        return [
            Step(label, "done" if n < place else now if n == place else "waiting")
            for n, (_key, label) in enumerate(STAGES)
        ]


def read() -> Progress | None:
    """The sample that is being made, or whose making failed; nothing when none is, or it is done."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
        progress = Progress(found["name"], found["stage"], found["state"])
        process = int(found["process"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if progress.state == DONE or progress.stage not in dict(STAGES):
        return None
    if progress.state == MAKING and not _lives(process):
        return Progress(progress.name, progress.stage, FAILED)
    return progress


def write(name: str, stage: str, state: str = MAKING) -> None:
    """Say how far it is; whoever reads finds the old or the new, never half."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    values = {"name": name, "stage": stage, "state": state, "process": os.getpid()}
    part.write_text(json.dumps(values), encoding="utf-8")
    part.replace(path)


def _path() -> Path:
    return Path(settings.HOME) / "sample" / "progress.json"


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
