"""The wheel's programs where another account can run them.

An environment in root's home is closed to the account the server runs as. The home stays closed; the programs are
copied.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from floorwalker.kernel.postgres.account import Account
from floorwalker.kernel.postgres.binaries import WHEEL, Binaries, read
from floorwalker.kernel.postgres.errors import NoPostgres
from floorwalker.kernel.postgres.folders import SYSTEM_FOLDER, checked, make_parents


def usable_by(who: Account, binaries: Binaries) -> Binaries:
    """The same programs, or a copy of the wheel's, so that ``who`` can run them."""
    if who.may_reach(binaries.folder / "postgres"):
        return binaries
    if not binaries.from_wheel:
        raise NoPostgres(
            f"The account {who.name}, which runs PostgreSQL for root, cannot get to {binaries.folder}: "
            "install PostgreSQL where everybody may run it, or start Floorwalker as an ordinary user."
        )
    place = SYSTEM_FOLDER / f"postgresql-{binaries.version}"
    if not place.exists():
        copy(binaries.folder.parent, place)
    checked(place, uid=0, closed=False)
    copied = read(place / WHEEL / binaries.folder.parent.name / "bin")
    if copied is None or not who.may_reach(copied.folder / "postgres"):
        raise NoPostgres(f"The copy of PostgreSQL in {place} is of no use: remove that folder and try again.")
    return copied


def copy(installation: Path, place: Path) -> None:
    """Copy an installation and the libraries that lie beside the wheel; it appears whole or not at all."""
    make_parents(place.parent)
    new = Path(mkdtemp(prefix=".postgresql-", dir=place.parent))
    shutil.copytree(installation, new / WHEEL / installation.name, symlinks=True)
    libraries = installation.parent.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, new / libraries.name, symlinks=True)
    for folder in (new, new / WHEEL):
        folder.chmod(0o755)
    try:
        new.rename(place)
    except OSError:  # another start was quicker
        shutil.rmtree(new)
