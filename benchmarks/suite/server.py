"""An installation of its own in a temporary folder: its PostgreSQL waits for the disk, as a real one does."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from floorwalker.kernel.postgres import Private
from floorwalker.project.installation import Installation, find


@contextmanager
def installation() -> Iterator[Installation]:
    """Started, migrated, its files collected, and Django set up on it; gone afterwards."""
    os.environ.pop("FLOORWALKER_DATABASE", None)
    with tempfile.TemporaryDirectory(prefix="floorwalker-suite-") as folder:
        os.environ["FLOORWALKER_HOME"] = folder
        made = find(None, Path(folder))
        try:
            made.prepare()
            made.use()
            yield made
        finally:
            close()
            server = Private(Path(folder) / "database")
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)  # for root it may lie elsewhere


def close() -> None:
    """Let go of the database, if Django came as far as to hold it."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
