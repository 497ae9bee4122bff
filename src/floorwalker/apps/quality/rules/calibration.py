"""When a calibration has something to say. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_ITEMS = 5  # below them one answer more or less turns a coefficient around
LEAST_CONTACTS = 5
LEAST_SCORES = 2
LONGEST_DAYS = 60
LOOK_BACK_DAYS = 365

COHEN, FLEISS, KRIPPENDORFF, ACROSS, INTRACLASS = "cohen", "fleiss", "krippendorff", "across", "intraclass"
FEW_ITEMS, FEW_CONTACTS, ALL_ALIKE = "few_items", "few_contacts", "all_alike"
GOOD, TENTATIVE = 0.8, 0.667  # Krippendorff's own limits


def level(value: float) -> str:
    """What a coefficient allows."""
    return "good" if value >= GOOD else "tentative" if value >= TENTATIVE else "poor"


def apart(shares: Mapping[str, float]) -> float:
    """How far the answers to one item lie apart, as a share of its points."""
    return max(shares.values()) - min(shares.values()) if shares else 0.0
