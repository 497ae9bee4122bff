"""What a study of a published week found, in sentences, lines and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.inputs import off_phone_shares
from floorwalker.apps.capacity.queries.lever_words import (
    Rung,
    levers_facts,
    levers_notes,
    levers_sentence,
    levers_table,
    refused,
    rungs_of,
)
from floorwalker.apps.capacity.queries.levers import levers_allowed
from floorwalker.apps.capacity.queries.policies import policies_of
from floorwalker.apps.capacity.queries.scope import study_queues, the_study, visible_studies
from floorwalker.apps.capacity.queries.studied import Lesson, Line, lessons_of, lines_of
from floorwalker.apps.capacity.queries.study_inputs import changed_since, lacking_for_study, published
from floorwalker.apps.capacity.queries.study_words import assumptions, band, chart, sentence, way_words
from floorwalker.apps.capacity.queries.together import Together, near_of, together_of
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Site
from floorwalker.kernel import jobs
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import Chart, JobView, day_words

REF = "capacity.week_study"
SHOWN = 8
Purpose = WeekStudy.Purpose
CHANGED = {
    "contacts": gettext_lazy("the forecast has changed since"),
    "aht_seconds": gettext_lazy("the handling time has changed since"),
    "open": gettext_lazy("the opening hours have changed since"),
    "target": gettext_lazy("within which time a contact counts as answered has changed since"),
}


@dataclass(frozen=True)
class Way:
    """One way to divide the work of the week, on the same callers as the others."""

    name: str
    lost: str
    saved: str
    value: str
    training_hours: float


@dataclass(frozen=True)
class StudyPage:
    """A study with its job; without ``lines`` nothing is finished yet, or nothing is left to teach."""

    study: WeekStudy
    job: JobView | None
    sentence: str
    lines: list[Line]
    best: Lesson | None
    chart: Chart | None
    ways: list[Way]
    together: list[Together]
    rungs: list[Rung]
    refused: list[tuple[str, str]]  # queues in which a client does not allow something
    facts: list[tuple[Any, Any]]
    notes: list[str]
    left_out: list[tuple[str, str]]
    stale: list[str]
    currency: str  # empty where it is not known what a contact is worth

    @property
    def by_time(self) -> bool:
        """Whether lessons are ranked by callers answered in time, as nobody gives up."""
        return (self.study.found or {}).get("measure") == "in_time_gained"

    @property
    def levers(self) -> bool:
        """Whether it was asked what callbacks would bring."""
        return self.study.purpose == Purpose.LEVERS

    @property
    def promises(self) -> list[Rung]:
        """The rungs on which callbacks are offered."""
        return [each for each in self.rungs if each.calls]

    @property
    def only_model(self) -> bool:
        return self.study.purpose == Purpose.MODEL


@dataclass(frozen=True)
class StudyWeek:
    """A week of a site in which one may ask: its queues, whether it is published, and what was asked before."""

    site: Site | None
    week: date
    queues: list[Queue]  # that can be simulated together
    roster: tuple[int, int] | None
    studies: list[WeekStudy]

    @property
    def may_ask(self) -> bool:
        return self.roster is not None and len(self.queues) > 1

    @property
    def may_ask_callbacks(self) -> bool:
        return self.roster is not None and bool(self.queues)


def study_sites(actor: Actor) -> list[Site]:
    """The sites with a queue in reach, by name."""
    return sorted({queue.site for queue in demand.queues_in_order(actor, P.SKILLS)}, key=lambda site: site.name)


def study_week(actor: Actor, site: Site | None, week: date) -> StudyWeek:
    if site is None:
        return StudyWeek(None, week, [], None, [])
    found = study_queues(actor, site.pk, P.SKILLS)
    roster = published(found, week)
    lacking = lacking_for_study(found, week) if roster else {}
    asked = visible_studies(actor).filter(site=site, first_day=week).select_related("taught")
    studies = list(asked.defer("model", "found").order_by("-at", "-pk")[:SHOWN])
    return StudyWeek(site, week, [queue for queue in found if queue.pk not in lacking], roster, studies)


def study_page(actor: Actor, study_id: int) -> StudyPage:
    study = the_study(actor, study_id)
    job = jobs.latest((REF, study.pk))
    found, levers = study.found or {}, study.purpose == Purpose.LEVERS
    lessons = lessons_of(found)
    best = lessons[0] if lessons else None
    currency = study.made_of.get("currency", "") if found.get("by_value") else ""
    told = levers_sentence(study, found) if levers else sentence(study, found, best)
    if study.done_at is None and job is not None and not job.live:
        told = _("Nothing came of this question: the work ended before there was an answer. Ask again.")
    return StudyPage(
        study=study,
        job=jobs.view(job, _asked(study)) if job else None,
        sentence=told,
        lines=lines_of(found, currency, near_of(study)),
        best=best,
        chart=chart(study, found, lessons),
        ways=_ways(found, currency),
        together=together_of(study),
        rungs=rungs_of(study, found, currency),
        refused=refused(study),
        facts=levers_facts(study, found) if levers else assumptions(study, found),
        notes=_notes(study, found),
        left_out=[(name, why) for _queue, name, why in study.left_out],
        stale=_stale(study) if study.done_at else [],
        currency=currency,
    )


def study_url(study_id: int) -> str:
    return reverse("capacity:study", args=[study_id])


def study_table(actor: Actor, study_id: int) -> tuple[str, list[str], list[list[Any]]]:
    """The name of the file, its columns and a row a line, as numbers."""
    study = the_study(actor, study_id)
    if study.purpose == Purpose.LEVERS:
        name = f"callbacks-{study.site.name}-{study.first_day.isoformat()}.csv"
        return name, *levers_table(study.found or {})
    names = ("contacts_saved", "in_time_gained", "value_gained", "hours_replaced")
    columns = ["skill", "group", "agents"]
    columns += [f"{name}{end}" for name in names for end in ("", "_low", "_high")]
    columns += ["hours_at_least", "training_hours", "gain_per_training_hour"]
    rows = [
        [
            line.skill,
            line.group,
            line.agents,
            *(value for name in names for value in line.plain[name]),
            line.plain["hours_at_least"],
            line.plain["training_hours"],
            line.rank,
        ]
        for lesson in lessons_of(study.found or {})
        for line in lesson.lines
    ]
    return f"skills-{study.site.name}-{study.first_day.isoformat()}.csv", columns, rows


def study_model(actor: Actor, study_id: int) -> tuple[str, str]:
    """The name of the file and the model; NotFound until it is made."""
    study = the_study(actor, study_id)
    if not study.model:
        raise NotFound
    return f"week-{study.site.name}-{study.first_day.isoformat()}.json", study.model


def _asked(study: WeekStudy) -> list[tuple[Any, Any]]:
    return [
        (_("Week of"), day_words(study.first_day)),
        (_("Site"), study.site.name),
        (_("Asked by"), study.by_name),
    ]


def _ways(found: dict[str, Any], currency: str) -> list[Way]:
    """Lost, saved against the roster as it is, and what it is worth."""
    return [
        Way(
            name=way_words(each["name"]),
            lost=band(each["lost"]),
            saved=band(each["contacts_saved"], sign=True) if number else "–",
            value=band(each["value"], unit=currency),
            training_hours=each["training_hours"],
        )
        for number, each in enumerate(found.get("arrangements", ()))
    ]


def _notes(study: WeekStudy, found: dict[str, Any]) -> list[str]:
    """What a reader must know so as not to be misled."""
    levers = study.purpose == Purpose.LEVERS
    notes = levers_notes(found) if levers and found else []
    if not levers:
        notes += _lesson_notes(found)
    waits = [each["name"] for each in study.made_of.get("queues", ()) if each["patience"] is None]
    if waits:
        notes.append(
            _("Nobody has said how patient the callers of %(queues)s are: in this study they never give up, so none of them can be saved.")  # noqa: E501
            % {"queues": ", ".join(waits)}
        )  # fmt: skip
    return notes


def _lesson_notes(found: dict[str, Any]) -> list[str]:
    notes = []
    if found and found["finished"] == found["looked_at"] > 0 and not found["arrangements"]:
        notes.append(
            _("It was stopped: every lesson was finished, the ways to divide the work were not compared.")
        )
    if found and found["finished"] < found["looked_at"]:
        notes.append(
            _("It was stopped: %(done)s of %(all)s lessons were finished, and the ways to divide the work were not compared.")  # noqa: E501
            % {"done": found["finished"], "all": found["looked_at"]}
        )  # fmt: skip
    if found and found["finished"] and found["lessons"] > found["looked_at"]:
        notes.append(
            _("There are %(all)s lessons to teach here; the %(done)s that did best in a short first run were looked at closely.")  # noqa: E501
            % {"all": found["lessons"], "done": found["looked_at"]}
        )  # fmt: skip
    people = sum(found["people"][group] for group, _skills in found.get("able", ()))
    if people:
        notes.append(
            ngettext(
                "%(n)s person has the skill of another queue already and does not take its calls, for the settings of that queue do not let others help: no lesson, one tick under “How it is staffed”.",  # noqa: E501
                "%(n)s people have the skill of another queue already and do not take its calls, for the settings of that queue do not let others help: no lesson, one tick under “How it is staffed”.",  # noqa: E501
                people,
            )
            % {"n": people}
        )  # fmt: skip
    return notes


def _stale(study: WeekStudy) -> list[str]:
    """Why the same question would be answered otherwise today."""
    queues = list(study.queues.all())
    why = []
    roster = published(queues, study.first_day)
    if roster is None or roster[0] != study.publication:
        why.append(_("the roster has changed since"))
    then = {each["id"]: each for each in study.made_of.get("queues", ())}
    known = [queue for queue in queues if queue.pk in then]
    changed = changed_since(known, then, study.first_day)
    why += [str(text) for name, text in CHANGED.items() if name in changed]
    policies = policies_of(known)
    if any(policies[queue.pk].to_dict() != then[queue.pk]["policy"] for queue in known):
        why.append(_("how the queues are staffed has changed since"))
    off = off_phone_shares(known, study.first_day)
    if any(rules.planned_otherwise(then[queue.pk].get("off_phone"), off[queue.pk]) for queue in known):
        why.append(_("the time planned off the phones has changed since"))
    if any(queue.patience_seconds != then[queue.pk]["patience"] for queue in known):
        why.append(_("what is known of callers’ patience has changed since"))
    allowed = levers_allowed(queues, study.first_day).plain if study.purpose == Purpose.LEVERS else {}
    if any(study.made_of[name] != value for name, value in allowed.items()):
        why.append(_("what clients allow has changed since"))
    return why
