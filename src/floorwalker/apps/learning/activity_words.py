"""Stages of activities in words, for who leads and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.rules.ranking import Agreement
from floorwalker.kernel.look import number_words

if TYPE_CHECKING:
    from floorwalker.apps.learning.queries import Compared

LARGELY = 0.7  # Kendall's W from which people are said to agree largely

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


def compared_words(found: Compared) -> list[str]:
    """What came of a survival ranking, in sentences; distances with what they could be at most."""
    said = []
    for text, before, after in found.moved:
        said.append(
            gettext("Your group put “%(item)s” from place %(before)d, where you had it, to %(after)d.")
            % {"item": text, "before": before, "after": after}
        )
    if found.own_to_group is not None:
        if found.own_to_group == 0:
            said.append(gettext("You and your group ranked all ten alike."))
        else:
            said.append(
                gettext("You and your group are %(n)d places apart, all items together; %(most)d is the most.")
                % {"n": found.own_to_group, "most": found.farthest}
            )
    for number, to_mine, to_expert in found.groups:
        if to_mine is not None:
            said.append(
                gettext("Your group and group %(number)d are %(n)d places apart.")
                % {"number": number, "n": to_mine}
            )
        if to_expert is not None:
            said.append(
                gettext("Group %(number)d and the expert are %(n)d places apart.")
                % {"number": number, "n": to_expert}
            )
    if found.own_to_expert is not None:
        said.append(gettext("You and the expert are %(n)d places apart.") % {"n": found.own_to_expert})
    if found.agreement is not None:
        said.append(agreement_words(found.agreement))
    return said


def agreement_words(found: Agreement) -> str:
    """How alike all ranked alone, beside what chance gives."""
    facts = {"n": found.people, "w": number_words(found.w, 2)}
    if not found.beyond_chance:
        return gettext("Alone, the %(n)d of you agreed no more than by chance (Kendall’s W %(w)s of 1).") % facts
    if found.w >= LARGELY:
        return gettext("Alone, the %(n)d of you agreed largely (Kendall’s W %(w)s of 1).") % facts
    return gettext("Alone, the %(n)d of you agreed in part, more than by chance (Kendall’s W %(w)s of 1).") % facts
