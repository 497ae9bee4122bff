"""How far participants of a calibration agree, in the child process of a job: plain values in and out."""

from __future__ import annotations

from typing import Any

import numpy as np

from floorwalker.apps.quality.rules import calibration as rules
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.people import cohen_kappa, fleiss_kappa, intraclass_correlation, krippendorff_alpha

Plain = dict[str, Any]


def agreement(plain: Plain, watch: Watch) -> Plain:
    """The coefficients that fit what there is, each with its size, or with the reason why it says nothing.

    ``answers[rater][item]`` are categories, ``shares`` the points they earn (None: does not apply); ``contacts``
    are the whole scores of each rater in the calibrations of the form.
    """
    answers, shares = plain["answers"], plain["shares"]
    raters = sorted(answers)
    found = []
    both = [item for item in plain["items"] if all(item in answers[rater] for rater in raters)]
    if len(raters) == 2:
        found.append(_said(rules.COHEN, len(both), lambda: _cohen(answers, raters, both)))
    else:
        found.append(_said(rules.FLEISS, len(both), lambda: _fleiss(answers, raters, both)))
    table = [[_number(shares[rater].get(item)) for item in plain["items"]] for rater in raters]
    met = int((np.sum(~np.isnan(np.asarray(table, dtype=float).reshape(len(raters), -1)), axis=0) >= 2).sum())
    found.append(_said(rules.KRIPPENDORFF, met, lambda: krippendorff_alpha(table)))
    watch.tell(share=0.5)
    found += _across(plain["contacts"])
    return {"coefficients": found}


def _across(contacts: dict[str, dict[str, float]]) -> list[Plain]:
    """Whole scores over the contacts this form was calibrated with."""
    scored = {key: given for key, given in contacts.items() if len(given) > 1}
    raters = sorted({rater for given in scored.values() for rater in given})
    table = [[_number(given.get(rater)) for given in scored.values()] for rater in raters]
    least = rules.LEAST_CONTACTS
    found = [_said(rules.ACROSS, len(scored), lambda: krippendorff_alpha(table), least)]
    # Correlation within contacts wants everybody to have scored every contact: the widest such group.
    steady = [rater for rater in raters if all(rater in given for given in scored.values())]
    if len(steady) > 1 and len(scored) >= least:
        whole = intraclass_correlation([[given[rater] for rater in steady] for given in scored.values()])
        found.append({
            "name": rules.INTRACLASS, "n": len(scored), "raters": len(steady), **_plain(whole.value),
            "low": _or_none(whole.low), "high": _or_none(whole.high),
        })  # fmt: skip
    else:
        found.append({"name": rules.INTRACLASS, "n": len(scored), "value": None, "silent": rules.FEW_CONTACTS})
    return found


def _cohen(answers: Plain, raters: list[str], items: list[str]) -> float:
    first, second = (answers[rater] for rater in raters)
    names = sorted({given[item] for given in (first, second) for item in items})
    table = np.zeros((len(names), len(names)))
    for item in items:
        table[names.index(first[item]), names.index(second[item])] += 1
    return cohen_kappa(table)


def _fleiss(answers: Plain, raters: list[str], items: list[str]) -> float:
    names = sorted({answers[rater][item] for rater in raters for item in items})
    return fleiss_kappa(
        [[sum(answers[rater][item] == name for rater in raters) for name in names] for item in items]
    )


def _said(name: str, n: int, compute: Any, least: int = rules.LEAST_ITEMS) -> Plain:
    silent = rules.FEW_CONTACTS if name == rules.ACROSS else rules.FEW_ITEMS
    if n < least:
        return {"name": name, "n": n, "value": None, "silent": silent}
    return {"name": name, "n": n, **_plain(float(compute()))}


def _plain(value: float) -> Plain:
    """NaN: every answer was the same, and chance would agree as well."""
    told = _or_none(value)
    return {"value": told, "silent": "" if told is not None else rules.ALL_ALIKE}


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
