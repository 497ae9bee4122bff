"""What a study of a published week is told in: one sentence, bands, a picture, its assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.kernel.look import Chart, Series, number_words, percent_words

if TYPE_CHECKING:
    from floorwalker.apps.capacity.queries.studied import Lesson, Taught

DRAWN = 4  # lessons that can be told apart in one picture


def to_whom(agents: int, group: str) -> str:
    return _("%(n)s of %(group)s") % {"n": agents, "group": group}


def parted(values: Sequence[float | None], unit: str = "") -> tuple[str, str]:
    """The mean, and its 95 % band in brackets, for a sentence: “38” and “(31 to 45)”."""
    number, _bracket, ends = band(values, unit=unit).partition(" (")
    return number, f"({ends}" if ends else ""


def band(values: Sequence[float | None], *, unit: str = "", sign: bool = False) -> str:
    """“38 (31 to 45)”: mean and 95 % band; small numbers with a decimal."""
    mean, low, high = values
    if mean is None:
        return "–"
    digits = 0 if max(abs(each) for each in values if each is not None) >= 10 else 1
    words = number_words(mean + 0.0, digits, sign=sign)
    if unit:
        words = _("%(n)s %(currency)s") % {"n": words, "currency": unit}
    if low is None or high is None:
        return words
    ends = {"n": words, "low": number_words(low, digits), "high": number_words(high, digits)}
    return _("%(n)s (%(low)s to %(high)s)") % ends


def hours_words(plain: dict[str, Any]) -> str:
    """Hours of specialists that would save as many; “more than” where even the most tried saved fewer."""
    words = band(plain["hours_replaced"])
    return _("more than %(hours)s") % {"hours": words.partition(" (")[0]} if plain["hours_at_least"] else words


def sentence(study: WeekStudy, found: dict[str, Any], best: Lesson | None) -> str:
    """The answer first."""
    if study.done_at is None and study.purpose == WeekStudy.Purpose.MODEL:
        return _("The week is being written down as a model; you can leave this page.")
    if study.done_at is None:
        return _("The week is being played through with each skill taught; you can leave this page.")
    if study.purpose == WeekStudy.Purpose.MODEL:
        return _("The published week as a model: what the command floorwalker simulate reads. People are numbers in it.")  # noqa: E501  # fmt: skip
    if best is None:
        return _nothing(found)
    line = best.advised
    if not best.rank[0]:
        return _("No skill taught here would bring anything in this week that can be told from chance; the nearest is %(skill)s, taught to %(whom)s.") % {"skill": line.skill, "whom": to_whom(line.agents, line.group)}  # noqa: E501  # fmt: skip
    if not line.sure:
        line = max(best.lines, key=lambda each: (each.sure, each.rank))
    words = {
        "skill": line.skill,
        "whom": to_whom(line.agents, line.group),
    }
    for name, figure in (("saved", "contacts_saved"), ("in_time", "in_time_gained"), ("value", "value_gained")):
        unit = study.made_of.get("currency", "") if name == "value" else ""
        words[name], words[f"{name}_band"] = parted(line.plain[figure], unit)
    if found.get("measure") == "in_time_gained":
        return _("Teaching %(skill)s to %(whom)s would let about %(in_time)s callers a week more %(in_time_band)s be answered in time.") % words  # noqa: E501  # fmt: skip
    if found.get("by_value"):
        return _("Teaching %(skill)s to %(whom)s would save about %(saved)s callers a week %(saved_band)s, worth about %(value)s %(value_band)s.") % words  # noqa: E501  # fmt: skip
    return _("Teaching %(skill)s to %(whom)s would save about %(saved)s callers a week %(saved_band)s.") % words


def _nothing(found: dict[str, Any]) -> str:
    if found.get("lessons"):
        return _("It was stopped before anything was finished: ask again.")
    return _("There is nothing left to teach here: everybody on this roster who could learn it has the skill already.")  # noqa: E501  # fmt: skip


def way_words(name: str) -> str:
    return {
        "rostered": _("As rostered"),
        "own": _("As rostered: specialists, own queue only"),
        "able": _("Whoever has the skill already helps"),
        "specialists": _("Specialists: own queue only"),
        "mix": _("A mix: every fourth a generalist"),
        "generalists": _("Generalists: everybody takes everything"),
    }[name]


def chart(study: WeekStudy, found: dict[str, Any], lessons: Sequence[Lesson]) -> Chart | None:
    """How the return of the best lessons diminishes with each further person taught."""
    drawn = [each for each in lessons if each.rank[0]][:DRAWN] or list(lessons[:1])
    if not drawn:
        return None
    measure = found["measure"]
    counts = sorted({line.agents for lesson in drawn for line in lesson.lines})
    title = _("Callers saved a week") if measure == "contacts_saved" else _("Callers a week more answered in time")
    return Chart(
        key="skills",
        title=title,
        sentence=_(
            "By people taught; round the best lesson its 95 % band. Where a line flattens, one more brings less."
        ),
        points=[_("nobody"), *(str(count) for count in counts)],
        unit=_("callers"),
        digits=1,
        series=[_series(lesson, measure, counts, best=not number) for number, lesson in enumerate(drawn)],
        csv_url=reverse("capacity:study_csv", args=[study.pk]),
    )


def _series(lesson: Lesson, measure: str, counts: Sequence[int], *, best: bool) -> Series:
    """The best with its band, the others as thin lines: their bands stand in the table."""
    rows: dict[int, Taught] = {line.agents: line for line in lesson.lines}
    first = lesson.lines[0]
    columns = [
        [0.0, *(rows[count].plain[measure][place] if count in rows else None for count in counts)]
        for place in range(3)
    ]
    name = _("%(skill)s to %(group)s") % {"skill": first.skill, "group": first.group}
    if not best:
        return Series(name, columns[0], role="plain")
    return Series(name, columns[0], role="forecast", low=columns[1], high=columns[2])


def assumptions(study: WeekStudy, found: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What went in, so that everybody can say where it differs from their centre."""
    hours = _("%(n)s hours") % {"n": number_words(study.training_hours)}
    played = []
    if found:
        often = {"n": found["replications"], "draws": found["draws"], "seed": study.seed}
        played = [(_("Each lesson simulated"), _("%(n)s times, with people drawn by lot %(draws)s times; seed %(seed)s") % often)]  # noqa: E501  # fmt: skip
    rows: list[tuple[Any, Any]] = [
        (_("Takes longer while new"), percent_words(study.slower)),
        (_("Training, one skill to one person"), hours),
        (_("Who takes a call"), _("whoever has been idle longest; the taught take the new work when none of their own waits")),  # noqa: E501
        *week_facts(study, found, played),
    ]  # fmt: skip
    lost = [(_("Callers lost as rostered"), band(each["lost"])) for each in found.get("arrangements", ())[:1]]
    return [*rows, *lost, who_is_there()]


def week_facts(
    study: WeekStudy, found: dict[str, Any], played: Sequence[tuple[Any, Any]] = ()
) -> list[tuple[Any, Any]]:
    """What every question to a published week has in common."""
    rows: list[tuple[Any, Any]] = []
    if study.roster_number is not None:
        rows.append((_("Roster"), _("version %(n)s") % {"n": study.roster_number}))
    rows += played
    return [*rows, (_("Callers expected"), number_words(found["offered"], 0))] if found else rows


def who_is_there() -> tuple[Any, Any]:
    return _("Who is there"), _("the people rostered, less shrinkage and unplanned absence of their queue")
