"""Changes by hand, one step at a time: in a draft, or in the week that counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.schedules import words
from floorwalker.apps.schedules.models import DraftShift, Edit, Publication
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.preview import (
    Preview,
    Sheet,
    previewed,
    sees_all,
    sheet_stints,
    stepped,
    week_in_sight,
)
from floorwalker.apps.schedules.queries.weeks import the_draft, the_week, visible_edits
from floorwalker.apps.schedules.rules.differences import Difference
from floorwalker.apps.schedules.rules.edits import Gone, Impossible, Step, undone
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.apps.schedules.services.drafts import open_draft
from floorwalker.apps.schedules.services.refusals import (
    BreaksRules,
    CannotBe,
    DoubleBooked,
    ShiftChanged,
    TooLateToUndo,
    WithoutReason,
    sentences,
)
from floorwalker.apps.schedules.services.versions import columns, lock_agents, locked_week, write_version
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.look.words import span_words
from floorwalker.kernel.scoping import pick

UNDO_WITHIN = timedelta(minutes=30)
UNDO = "undo"


@transaction.atomic
def change_draft(
    *, draft_id: int, step: Step, why: str = "", override: bool = False, by: Actor, at: datetime
) -> Edit:
    """One step in a working copy."""
    require(by, P.PLAN)
    draft = open_draft(by, draft_id)
    sheet = Sheet(draft.week, draft)
    found = _checked(by, sheet, _said(lambda: stepped(by, sheet, step)), why, override)
    return _write(sheet, found, step.verb, why, by, at)


@transaction.atomic
def change_published(
    *,
    week_id: int,
    step: Step,
    why: str = "",
    override: bool = False,
    agreed: bool = False,
    by: Actor,
    at: datetime,
) -> Edit:
    """One step in the week that counts; those it touches are told. A supervisor's hand ends at their own team.

    ``agreed``: they said yes. Otherwise a change within the notice of the site is a promise to them not kept.
    """
    require(by, P.CHANGE)
    week = locked_week(the_week(by, week_id, P.CHANGE).pk)
    sheet = Sheet(week)
    found = _said(lambda: stepped(by, sheet, step))
    lock_agents(person for each in found for person in each.people)
    return _write(sheet, _checked(by, sheet, found, why, override), step.verb, why, by, at, agreed=agreed)


@transaction.atomic
def undo(*, edit_id: int, by: Actor, at: datetime) -> Edit:
    """Take a step back: in a draft while it is in work, in the published week for half an hour."""
    seen = pick(visible_edits(by, P.CHANGE).select_related("draft"), edit_id)
    if seen.draft_id:
        require(by, P.PLAN)
        draft = open_draft(by, the_draft(by, seen.draft_id).pk)
        sheet = Sheet(draft.week, draft)
    else:
        require(by, P.CHANGE)
        sheet = Sheet(locked_week(seen.week_id))
    edit = Edit.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    too_old = edit.draft_id is None and at - edit.at > UNDO_WITHIN
    if edit.undone_at or too_old:
        raise TooLateToUndo(minutes=round(UNDO_WITHIN.total_seconds() / 60))
    back = _said(lambda: undone(stored(edit), sheet_stints(sheet)))
    lock_agents(person for each in back for person in each.people)
    week_in_sight(by, sheet.week, back, sheet.permission)
    look = previewed(by, sheet, back)
    if look.absolute:
        raise BreaksRules(sentences=sentences(look.absolute))
    edit.undone_at = at
    edit.save(update_fields=["undone_at"])
    return _write(sheet, look, UNDO, "", by, at)


def check(*, sheet: Sheet, step: Step, by: Actor) -> Preview:
    """What a step would break, cover and cost; nothing is done. What cannot be is refused as when done."""
    require(by, sheet.permission)
    return previewed(by, sheet, _said(lambda: stepped(by, sheet, step)))


def new_identity() -> str:
    """A name for a shift that is added by hand."""
    return str(uuid4())


def stored(edit: Edit) -> list[Difference]:
    """What a step did, as it was kept."""
    return [
        Difference(Stint.from_dict(before) if before else None, Stint.from_dict(now) if now else None)
        for before, now in zip(edit.before, edit.after, strict=True)
    ]


def _said(do: Callable[[], list[Difference]]) -> list[Difference]:
    try:
        return do()
    except Gone as gone:
        raise ShiftChanged(fresh=in_words(gone.fresh)) from gone
    except Impossible as impossible:
        raise CannotBe(problem=words.impossible_words(impossible)) from impossible


def in_words(stint: Stint | None) -> str:
    """A shift as a sentence says it, on the clock the page shows."""
    if stint is None:
        return _("it is not there any more")
    zone = timezone.get_current_timezone_name()
    said = _("it is %(times)s, times of %(zone)s, now (version %(version)s)")
    return said % {"times": span_words(stint.start, stint.end), "zone": zone, "version": stint.version}


def _checked(by: Actor, sheet: Sheet, found: list[Difference], why: str, override: bool) -> Preview:
    look = previewed(by, sheet, found)
    if look.absolute:
        raise BreaksRules(sentences=sentences(look.absolute))
    if look.hard:
        people = {person for each in found for person in each.people}
        if not (override and by.may(P.OVERRIDE) and sees_all(by, people, P.OVERRIDE)):
            raise BreaksRules(sentences=sentences(look.hard))
        if not why.strip():
            raise WithoutReason
    return look


def _write(
    sheet: Sheet, look: Preview, verb: str, why: str, by: Actor, at: datetime, *, agreed: bool = False
) -> Edit:
    found = look.differences
    overridden = [each.text for each in look.hard]
    facts = {"verb": verb, "why": why, "shifts": [_name(each) for each in found]}
    if sheet.draft:
        publication = None
        _write_draft(sheet.draft.pk, found)
        about, facts = ("schedules.draft", sheet.draft.pk), facts | {"overridden": overridden}
        audit.record(by=by, verb="schedules.change_draft", about=about, facts=facts, at=at)
    else:
        kind = Publication.Kind.CHANGE
        facts = facts | {"agreed": agreed}
        publication = write_version(
            week=sheet.week, found=found, kind=kind, by=by, at=at, facts=facts, overridden=look.hard
        )
    return Edit.objects.create(
        week=sheet.week,
        draft=sheet.draft,
        publication=publication,
        verb=verb,
        before=[each.before.to_dict() if each.before else None for each in found],
        after=[each.after.to_dict() if each.after else None for each in found],
        breaches=overridden,
        callers=look.callers,
        why=why[:300],
        agreed=agreed,
        at=at,
        by_name=by.name,
        by_user_id=by.user_id,
    )


def _name(each: Difference) -> str:
    side = each.after or each.before
    assert side is not None
    return side.identity


def _write_draft(draft_id: int, found: list[Difference]) -> None:
    """Gone first, so that two people can swap."""
    rows = DraftShift.objects.filter(draft_id=draft_id)
    rows.filter(identity__in=[each.before.identity for each in found if each.before]).delete()
    try:
        with transaction.atomic():
            for each in found:
                if each.after:
                    fields = columns(each.after)
                    fields["version"] = each.after.version + (1 if each.before else 0)
                    DraftShift.objects.create(draft_id=draft_id, **fields)
    except IntegrityError as error:
        if "no_double_booking" not in str(error):
            raise
        raise DoubleBooked(who="Somebody", when="") from error
