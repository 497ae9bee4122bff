"""A month's account of forecasts between a client and us, as canonical text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

SCHEMA = "floorwalker.forecast-statement.1"
DIGITS = 6
DUE_AFTER_DAYS = 10  # into the next month
FEWEST_DAYS = 5  # for whoever learns late that a month can be stated


def due_day(month: date, noticed: date) -> date:
    """By when the statement of a month is owed to the client."""
    return max(next_month(month) + timedelta(days=DUE_AFTER_DAYS - 1), noticed + timedelta(days=FEWEST_DAYS))


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month that is over."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def body_of(inputs: Mapping[str, Any]) -> str:
    """The statement as text: the same inputs give the same bytes."""
    queues = [_queue(each) for each in sorted(inputs["queues"], key=lambda each: each["queue"])]
    content = {
        "schema": SCHEMA,
        "client": inputs["client"],
        "month": inputs["month"],
        "number": inputs["number"],
        "corrects": inputs["corrects"],
        "as_of": inputs["as_of"],
        "lead_days": inputs["lead_days"],
        "tolerance": inputs["tolerance"],
        "labels": inputs["labels"],
        "queues": queues,
        "whole": _account([day for queue in queues for day in queue["days"]], inputs["tolerance"]),
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _queue(each: Mapping[str, Any]) -> dict[str, Any]:
    days = [
        {name: _rounded(day[name]) for name in ("day", "actual", "client", "ours", "planner")}
        for day in each["days"]
    ]
    return {"queue": each["queue"], "days": days, **_account(days, each["tolerance"])}


def _account(days: Sequence[Mapping[str, Any]], tolerance: float) -> dict[str, Any]:
    """What came against what either side had said, and what lies outside the agreed band."""
    known = [day for day in days if day["actual"] is not None]
    told = [day for day in known if day["client"] is not None]
    above = sum(max(0.0, day["actual"] - day["client"] * (1 + tolerance)) for day in told)
    below = sum(max(0.0, day["client"] * (1 - tolerance) - day["actual"]) for day in told)
    inside = [day for day in told if abs(day["actual"] - day["client"]) <= tolerance * day["client"]]
    return {
        "actual": _rounded(sum(day["actual"] for day in known)),
        "days_known": len(known),
        "days_unknown": len(days) - len(known),
        "client": _error(told, "client"),
        "ours": _error([day for day in known if day["ours"] is not None], "ours"),
        "planner": _error([day for day in known if day["planner"] is not None], "planner"),
        "band": {
            "days": len(told),
            "inside": len(inside),
            "contacts_above": _rounded(above),
            "contacts_below": _rounded(below),
        },
    }


def _error(days: Sequence[Mapping[str, Any]], source: str) -> dict[str, Any]:
    came = sum(day["actual"] for day in days)
    expected = sum(day[source] for day in days)
    missed = sum(abs(day["actual"] - day[source]) for day in days)
    return {
        "days": len(days),
        "expected": _rounded(expected),
        "came": _rounded(came),
        "wape": _rounded(missed / came) if came > 0 else None,
        "bias": _rounded((expected - came) / came) if came > 0 else None,
    }


def _rounded(value: Any) -> Any:
    return round(value, DIGITS) + 0.0 if isinstance(value, float) else value
