"""What feedback must say before it may be given."""

from __future__ import annotations

POSITIVE, CORRECTIVE = "positive", "corrective"
CONTACT, REVIEW, STATE, MOMENT = "contact", "review", "state", "moment"
LINKS = (CONTACT, REVIEW, STATE)  # evidence that is named; a moment is told with its time and place
RUNGS = (1, 2, 3)


def without_evidence(kind: str, evidence: str, ref: str, has_time: bool, place: str) -> str:
    """What is missing of the evidence: nothing, `evidence`, `link`, or `moment`."""
    if not evidence:
        return "evidence" if kind == CORRECTIVE else ""
    if evidence in LINKS:
        return "" if ref.strip() else "link"
    return "" if has_time and place.strip() else "moment"


def usual_rung(times_before: int) -> int:
    """Same behaviour, same response: the first time the first step, never past the last."""
    return min(times_before + 1, RUNGS[-1])
