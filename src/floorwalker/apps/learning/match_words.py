"""Matches, scores and divisions in sentences, for whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.learning.rules import duels as rules
from floorwalker.kernel.look import duration_words, number_words, percent_words


def division_words(number: int) -> str:
    return _("division %(n)d") % {"n": number}


def standing_words(found: rules.Standing) -> str:
    """Where somebody plays, with how sure that is; never a bare number."""
    if found.division is None:
        more = rules.PLACED_AFTER - found.matches
        return ngettext(
            "Your division is not known yet: %(n)d rated duel more this quarter.",
            "Your division is not known yet: %(n)d rated duels more this quarter.",
            more,
        ) % {"n": more}
    said = {
        "division": division_words(found.division),
        "best": found.best,
        "worst": found.worst,
        "n": found.matches,
    }
    if found.best == found.worst:
        return (
            ngettext(
                "You play in %(division)s, fairly surely, after %(n)d rated match this quarter.",
                "You play in %(division)s, fairly surely, after %(n)d rated matches this quarter.",
                found.matches,
            )
            % said
        )
    return (
        ngettext(
            "You play in %(division)s – likely %(best)d to %(worst)d – after %(n)d rated match this quarter.",
            "You play in %(division)s – likely %(best)d to %(worst)d – after %(n)d rated matches this quarter.",
            found.matches,
        )
        % said
    )


def holder_words(score: int, mine: int) -> str:
    """Whose a score is, to one of the two sides."""
    if score == rules.NONE:
        return _("nobody’s")
    if score == rules.BOTH:
        return _("both of you")
    return _("yours") if score == mine else _("theirs")


def handled_words(found: rules.Handled) -> str:
    """What one player made of it."""
    done = _("%(share)s of the steps") % {"share": percent_words(found.completeness)}
    if found.complete:
        return _("complete in %(time)s") % {"time": duration_words(found.seconds)}
    return _("%(done)s – time counts only when complete") % {"done": done}


def result_words(winner: int, mine: int) -> str:
    """How it ended, to one of the two sides."""
    if winner == rules.BOTH:
        return _("A draw: as many scores each.")
    return _("You won.") if winner == mine else _("The other side won.")


def voted_words(given: int, cast: int, expected: float, voter: str, named: str) -> str:
    """How often one of two named the other, beside what everybody's votes would make likely."""
    return _(
        "%(voter)s named %(named)s in %(given)d of %(cast)d votes; from all votes in these matches about "
        "%(expected)s would be expected."
    ) % {
        "voter": voter,
        "named": named,
        "given": given,
        "cast": cast,
        "expected": number_words(expected, digits=1),
    }


def fell_short_words(given: int, cast: int, expected: float, player: str, other: str) -> str:
    """How often one of two left a duel with the other incomplete, beside what their other duels make likely."""
    return _(
        "%(player)s left %(given)d of %(cast)d duels with %(other)s incomplete; from all their duels about "
        "%(expected)s would be expected."
    ) % {
        "player": player,
        "other": other,
        "given": given,
        "cast": cast,
        "expected": number_words(expected, digits=1),
    }


SEEN = {"votes": voted_words, "duels": fell_short_words}
