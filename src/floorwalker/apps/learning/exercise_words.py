"""What keeps an exercise from being used, in sentences for who writes it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning.rules import quiz, survival
from floorwalker.apps.learning.rules.survival import Flaw

FLAWS = {
    "no_situation": gettext_lazy("say where the group is and what has happened"),
    "not_ten": gettext_lazy("{ten} items are ranked, and there are {other}"),
    "empty_item": gettext_lazy("item {row} is empty: name it, or take it away"),
    "doubled_item": gettext_lazy("item {row} is the same as item {other}"),
    "expert_incomplete": gettext_lazy("the expert’s places are 1 to {ten}, each once – or all of them empty"),
    "expert_without_source": gettext_lazy("say whose order the expert’s is, so that anybody can look it up"),
    "source_without_expert": gettext_lazy("there is a source and no order of the expert: give both, or none"),
    "no_question": gettext_lazy("write a first question"),
    "too_many_questions": gettext_lazy("a quiz has at most {most} questions, and there are {other}"),
    "empty_question": gettext_lazy("question {row} is empty: write it, or take it away"),
    "doubled_question": gettext_lazy("question {row} is the same as question {other}"),
    "too_few_options": gettext_lazy("question {row} needs at least two answers to choose from"),
    "too_many_options": gettext_lazy("question {row} has more than six answers"),
    "empty_option": gettext_lazy("question {row} has an empty answer"),
    "doubled_option": gettext_lazy("question {row} has the same answer twice"),
    "no_right_option": gettext_lazy("question {row} has no right answer: mark one"),
    "no_why": gettext_lazy("say why the answer of question {row} is right; everybody reads it afterwards"),
    "seconds": gettext_lazy("question {row}: {least} to {longest} seconds to answer, or none"),
}


def flaw_words(flaw: Flaw) -> str:
    facts = {
        "row": flaw.row,
        "other": flaw.other,
        "ten": survival.ITEMS,
        "most": quiz.MOST_QUESTIONS,
        "least": quiz.LEAST_SECONDS,
        "longest": quiz.MOST_SECONDS,
    }
    said = str(FLAWS[flaw.code]).format(**facts)
    return _("%(what)s.") % {"what": said[0].upper() + said[1:]}
