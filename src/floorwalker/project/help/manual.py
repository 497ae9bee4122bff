"""The pages of the manual: where their files lie, what each is called and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role

PACKAGE = Path(__file__).resolve().parents[2]
ROLES = "roles"  # the folder of the pages that tell a role what is theirs to do
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")


@dataclass(frozen=True)
class Page:
    """A page as it was written: ``place`` is its file within the manual, ``about`` its first sentence."""

    key: str
    place: str
    title: str
    about: str
    text: str

    @property
    def role(self) -> Role | None:
        return Role(self.key.replace("-", "_")) if self.place.startswith(f"{ROLES}/") else None


def folder(package: Path = PACKAGE) -> Path:
    """Within the package where it was installed from a wheel, in the documents of a clone else: the same files."""
    installed = package / "project" / "manual"
    return installed if installed.is_dir() else package.parent.parent / "docs" / "manual"


@cache
def pages() -> Mapping[str, Page]:
    """Every page by its key, those of roles first; read once by each process."""
    within = folder()
    files = sorted(within.rglob("*.md"), key=lambda file: (file.parent == within, file.stem))
    read = (page_of(file.relative_to(within).as_posix(), file.read_text(encoding="utf-8")) for file in files)
    return MappingProxyType({page.key: page for page in read})


def page_of(place: str, text: str) -> Page:
    title, _newline, rest = text.removeprefix("# ").partition("\n")
    first = " ".join(rest.strip().partition("\n\n")[0].split())
    about = "" if first.startswith("#") else MARKUP.sub(r"\1", first)
    sentence, stop, _more = about.partition(". ")
    return Page(Path(place).stem, place, title.strip(), sentence + stop.strip(), text)


def pages_for(actor: Actor) -> list[Page]:
    """Of the roles somebody holds, the one held for longest first."""
    keys = dict.fromkeys(held.role.replace("_", "-") for held in actor.held)
    return [pages()[key] for key in keys if key in pages()]
