"""Which evaluation forms are in force, said by the room that keeps them; it stands above this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FormInForce:
    """A form contacts are evaluated with; without a client it is one for all of them."""

    id: int
    name: str
    client_id: int | None


@dataclass
class Known:
    forms: Callable[[], list[FormInForce]] | None = None


KNOWN = Known()


def forms_by(forms: Callable[[], list[FormInForce]]) -> None:
    """Say where the forms in force are found."""
    KNOWN.forms = forms


def forms_in_force() -> list[FormInForce]:
    return KNOWN.forms() if KNOWN.forms else []
