"""Stages of activities in words, for who leads and who takes part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# By kind and stage: what the group does now.
STAGE = {
    ("round_table", "tips"): _("everybody writes tips"),
    ("round_table", "try"): _("everybody marks what they will try"),
    ("survival", "alone"): _("everybody ranks alone"),
    ("survival", "together"): _("each small group agrees on one ranking"),
    ("survival", "compare"): _("rankings side by side"),
    ("own_pitch", "pitch"): _("everybody writes their own pitch"),
    ("own_pitch", "customer"): _("everybody reads it as the customer"),
    ("own_pitch", "owner"): _("everybody reads it as the owner of the brand"),
    ("own_pitch", "share"): _("everybody decides what to show"),
    ("quiz", "question"): _("a question is open"),
    ("quiz", "answer"): _("the right answer and why"),
}
# By kind and the stage that would follow: what the lead’s button says.
NEXT = {
    ("round_table", "try"): _("On to what to try"),
    ("survival", "together"): _("Make the small groups"),
    ("survival", "compare"): _("Compare the rankings"),
    ("own_pitch", "customer"): _("On to the customer’s view"),
    ("own_pitch", "owner"): _("On to the owner’s view"),
    ("own_pitch", "share"): _("On to sharing"),
    ("quiz", "answer"): _("Close the question"),
    ("quiz", "question"): _("Next question"),
}
TONES = {"prepared": "neutral", "open": "progress", "closed": "good", "called_off": "neutral"}


def stage_words(kind: str, stage: str) -> str:
    return str(STAGE.get((kind, stage), ""))


def next_words(kind: str, stage: str) -> str:
    return str(NEXT[kind, stage])
