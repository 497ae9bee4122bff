"""What must stand before a new account goes live, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("expectations", "queues", "hours", "forecast", "training", "skills", "quality_form", "go_live")
# Days before go-live on which each is due when nobody says otherwise, as a share of the time there is.
LEAD_SHARE = {
    "expectations": 0.75,
    "queues": 0.6,
    "hours": 0.6,
    "forecast": 0.5,
    "training": 0.4,
    "skills": 0.15,
    "quality_form": 0.3,
    "go_live": 0.0,
}


@dataclass(frozen=True)
class Facts:
    """What is known of a client that a checklist asks for."""

    expectations_from: date | None
    queues: int
    queues_with_hours: int
    queues_forecast: int  # whose forecast in use covers the first week of going live
    queues_with_people: int  # whose skill as many agents have as the busiest interval of that week needs
    quality_form: str  # the name of the client's own form in force
    went_live: bool


def stands(kind: str, facts: Facts, go_live: date, chosen: str) -> bool:
    """Whether an item is there.

    ``chosen`` is a person's word for it: the form for all clients taken for this one, or where the training
    material is.
    """
    everything = facts.queues > 0
    return {
        "expectations": facts.expectations_from is not None and facts.expectations_from <= go_live,
        "queues": everything,
        "hours": everything and facts.queues_with_hours == facts.queues,
        "forecast": everything and facts.queues_forecast == facts.queues,
        "training": bool(chosen),
        "skills": everything and facts.queues_with_people == facts.queues,
        "quality_form": bool(facts.quality_form or chosen),
        "go_live": facts.went_live,
    }[kind]


def due_dates(signed: date, go_live: date) -> dict[str, date]:
    """When each item is due, spread over the time from signature to go-live."""
    days = max((go_live - signed).days, 0)
    return {kind: go_live - timedelta(days=round(days * share)) for kind, share in LEAD_SHARE.items()}
