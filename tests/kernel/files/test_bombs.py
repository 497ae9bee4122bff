"""S-25: files made to do harm are refused, each for its own reason, and none fills the memory of the child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from tests.kernel.files import hostile
from tests.kernel.files.bombs import BOMBS, corners, shared

from floorwalker.kernel.files import readers
from floorwalker.kernel.files.limited import Usage, run_limited
from floorwalker.kernel.files.limits import LIMITS
from floorwalker.kernel.files.refusals import FileRefused

PEAK_MEGABYTES = 300
HANG_SECONDS = 120  # how long it takes is measured in benchmarks/files.py


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused(bomb: Callable[[Path], None], tmp_path: Path) -> None:
    """By its own code, in a child that never held more than 300 MB and ended by itself."""
    path = tmp_path / "upload"
    bomb(path)
    assert path.stat().st_size <= LIMITS.upload_bytes
    used: list[Usage] = []
    with pytest.raises(FileRefused) as caught:
        run_limited("table", str(path), asdict(LIMITS), wall_seconds=HANG_SECONDS, on_usage=used.append)
    assert caught.value.code == BOMBS[bomb]
    assert used[0].peak_megabytes <= PEAK_MEGABYTES


@pytest.mark.parametrize("bomb", [corners, shared], ids=lambda bomb: bomb.__name__)
def test_the_child_stands_behind_the_look(
    bomb: Callable[[Path], None], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bombs, read without having been looked through, end the child and nothing else."""
    monkeypatch.setattr(readers, "READERS", {"unlooked": f"{hostile.__name__}:unlooked"})
    monkeypatch.syspath_prepend(str(root))
    path = tmp_path / "upload"
    bomb(path)
    with pytest.raises(FileRefused) as caught:
        run_limited("unlooked", str(path), wall_seconds=HANG_SECONDS)
    assert caught.value.code == "reading_too_much_memory"
