"""`floorwalker fit`: what the simulator is told, estimated from a log of contacts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, write_json, write_whole

if TYPE_CHECKING:
    from floorwalker.contacts import LogFit, TypeFit
    from floorwalker.science.simulation import BusynessFit, Estimated

EPILOG = """\b
Examples:
  floorwalker fit calls.csv --zone Europe/Lisbon
  floorwalker fit january.txt.gz --by reason --only PS --customer-salt secret --json
"""


@click.command(epilog=EPILOG)
@options.history_argument
@options.mapping
@options.zone
@click.option(
    "--by", type=click.Choice(["queue", "reason"]), default="queue", show_default=True, help="What a type is."
)
@click.option("--only", multiple=True, help="Fit this queue or reason only; may be given several times.")
@click.option(
    "--customer-salt",
    envvar="FLOORWALKER_CUSTOMER_SALT",
    help="Secret that customers are hashed with, needed to tell redials. Better set in the environment.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the JSON answer to this file; its parts go into a model file as they are.",
)
@options.as_json
def command(
    history: Path, mapping: dict[str, str] | None, zone: str | None, by: str, only: tuple[str, ...],
    customer_salt: str | None, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Patience, handling time, busyness of days and redials from HISTORY, a log with a row a contact.

    Each figure comes with its 95 % interval and how many contacts it rests on. Who was answered would have waited
    longer still: patience counts them so. Repeats that would have come anyway are no redials.
    """
    from floorwalker.cli.planning.reading import reading_lines
    from floorwalker.contacts import Store, fit_log, read_history

    stages = Stages()
    with stages.stage(f"Reading {history.name}"):
        if history.is_dir():
            found = Store(history).history(zone=zone)
        else:
            found = read_history(history, zone=zone, mapping=mapping, customer_salt=customer_salt)
    with stages.stage("Fitting"):
        fit = fit_log(found, by="reason" if by == "reason" else "queue", only=only)
    value = _as_dict(fit)
    if out is not None:
        write_whole(out, write_json(value))
    lines = reading_lines(found) if not as_json else []
    for each in fit.types:
        lines += _type_lines(each)
    answer(as_json, value, [*lines, "", *_busyness_lines(fit)])


def _type_lines(fit: TypeFit) -> list[str]:
    lines = ["", f"{fit.name}: {fit.contacts:,} contacts"]
    if fit.patience is not None:
        p = fit.patience
        shape = f", shape {p.shape}" if p.family == "weibull" else f", cv {p.shape}" if p.shape else ""
        lines.append(
            f"  patience  {p.family}{shape}: half would give up by {p.median_seconds} s, mean {p.mean_seconds} s; "
            f"{p.abandoned:,} of {p.contacts:,} gave up"
        )
        if p.distance > 2 * p.band:
            lines.append(
                f"            no shape fits well: up to {100 * p.distance:.1f} points from the curve of those who "
                f"waited, which is known to {100 * p.band:.1f}"
            )
    if fit.handling is not None:
        h = fit.handling
        lines.append(f"  handling  {h.duration.kind}: mean {h.mean_seconds} s, cv {h.cv}; {h.contacts:,} answered")
        if h.duration.kind == "empirical":
            lines.append(
                "            the values seen are taken: neither lognormal nor gamma fits "
                f"(up to {100 * h.distance:.1f} points off)"
            )
    if fit.redial is not None:
        r = fit.redial
        if r.delay is None:
            lines.append(f"  redial    none beyond chance: share {r.probability} of {r.abandoned:,} who gave up")
        else:
            lines.append(
                f"  redial    {r.delay.kind}: share {r.probability} of {r.abandoned:,} who gave up, "
                f"after {r.delay_seconds} s on average"
            )
    return lines + [f"  {what:9} not fitted: {why}" for what, why in fit.missing.items()]


def _busyness_lines(fit: LogFit) -> list[str]:
    if fit.busyness is None:
        return [f"Busyness of days not fitted: {fit.missing}"]
    each = "; ".join(f"{name} {cv}" for name, cv in fit.busyness.day_cv.items())
    lines = [f"Busyness over {fit.busyness.days} days, cv of a day beyond chance: {each}"]
    if fit.busyness.correlation is not None:
        lines.append(f"Types are busy together: correlation {fit.busyness.correlation}")
    return lines


def _as_dict(fit: LogFit) -> dict[str, Any]:
    busyness = fit.busyness
    return {
        "types": [_type_dict(each, busyness) for each in fit.types],
        "days": busyness.days if busyness else None,
        "busyness_correlation": _estimated(busyness.correlation) if busyness else None,
        "busyness_missing": fit.missing or None,
    }


def _type_dict(fit: TypeFit, busyness: BusynessFit | None) -> dict[str, Any]:
    """The estimates, and under "model" the parts as a model file takes them."""
    from floorwalker.science.simulation import part_to_dict

    p, h, r = fit.patience, fit.handling, fit.redial
    model: dict[str, Any] = {
        "patience": part_to_dict(p.duration) if p else None,
        "handling": part_to_dict(h.duration) if h else None,
        "redial": part_to_dict(r.redial) if r and r.redial else None,
    }
    return {
        "name": fit.name,
        "contacts": fit.contacts,
        "patience": None if p is None else {
            "family": p.family, "mean_seconds": _estimated(p.mean_seconds),
            "median_seconds": _estimated(p.median_seconds), "shape": _estimated(p.shape), "aic": dict(p.aic),
            "distance": p.distance, "band": p.band, "abandoned": p.abandoned, "contacts": p.contacts,
        },
        "handling": None if h is None else {
            "family": h.duration.kind, "mean_seconds": _estimated(h.mean_seconds), "cv": _estimated(h.cv),
            "aic": dict(h.aic), "distance": h.distance, "contacts": h.contacts,
        },
        "redial": None if r is None else {
            "probability": _estimated(r.probability), "delay_seconds": _estimated(r.delay_seconds),
            "chance": r.chance, "window_seconds": r.window_seconds, "abandoned": r.abandoned,
        },
        "day_cv": _estimated(busyness.day_cv[fit.name]) if busyness else None,
        "missing": dict(fit.missing),
        "model": {name: part for name, part in model.items() if part is not None},
    }  # fmt: skip


def _estimated(found: Estimated | None) -> dict[str, Any] | None:
    return None if found is None else vars(found)
