"""What is said of a described centre before it runs: that it never comes to rest, or that nothing can be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from floorwalker.science.simulation import Model


def overloaded(model: Model, name: str = "this centre") -> list[str]:
    """What can never come to rest, on standard error; refused where it could only wait for ever."""
    from floorwalker.science.errors import Unstable
    from floorwalker.science.simulation import overloads

    found = overloads(model)
    hopeless = [str(each) for each in found if not each.groups]
    if hopeless:
        remedy = "give a group the skill and agents, or the type a patience"
        raise Unstable(f"{name} can never come to rest: {'; '.join(hopeless)}; {remedy}")
    for each in found:
        click.echo(f"{name[0].upper()}{name[1:]} can never come to rest. {each}.", err=True)
    return [str(each) for each in found]


def nothing_lost(model: Model) -> list[str]:
    """Types of which no contact is ever lost, on standard error: a figure in contacts says nothing of them."""
    from floorwalker.science.simulation import never_lost

    names = never_lost(model)
    if not names:
        return []
    told = (
        f"Nobody of {', '.join(names)} gives up, is turned away or cut off: none of them can be lost, so in "
        "contacts they count 0 whatever happens. Look at who is late, or give them a patience."
    )
    click.echo(told, err=True)
    return [told]
