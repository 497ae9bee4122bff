"""Writing forms and putting them in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.events import FormPutInForce
from floorwalker.apps.quality.models import Form, FormVersion
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules.editing import EMPTY
from floorwalker.apps.quality.rules.forms import FormContent
from floorwalker.kernel import audit, events
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused, Stale

State = FormVersion.State


class FormNameTaken(Refused):
    code = "quality_form_name_taken"
    status = 409
    text = _("There is a form “{name}” for this client already. Write its next version, or choose another name.")


class FormNotADraft(Refused):
    code = "quality_form_not_a_draft"
    status = 409
    text = _("Version {number} of “{name}” is {state} and never changes. Write the next version.")


class FormHasFlaws(Refused):
    code = "quality_form_has_flaws"
    text = _("“{name}” cannot be put in force yet: {problem}")


class FormBeingWritten(Refused):
    code = "quality_form_being_written"
    status = 409
    text = _("Version {number} of “{name}” is being written already; go on with that one.")


@transaction.atomic
def make_form(
    *,
    name: str,
    client_id: int | None,
    channel: str,
    content: FormContent = EMPTY,
    by: Actor,
    at: datetime,
) -> FormVersion:
    """A new form with its first draft."""
    require(by, P.KEEP_FORMS)
    client = people.the_client(by, client_id) if client_id is not None else None
    try:
        with transaction.atomic():
            form = Form.objects.create(name=name.strip(), client=client, channel=channel)
    except IntegrityError as error:
        raise FormNameTaken(name=name.strip()) from error
    _record("make_form", form, by, at)
    return _draft(form, content, by, at)


@transaction.atomic
def rename_form(*, form_id: int, name: str, client_id: int | None, channel: str, by: Actor, at: datetime) -> Form:
    """Another name, client or channel; versions stay as they are."""
    form = _locked_form(form_id, by)
    form.name, form.channel = name.strip(), channel
    form.client = people.the_client(by, client_id) if client_id is not None else None
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError as error:
        raise FormNameTaken(name=name.strip()) from error
    _record("change_form", form, by, at)
    return form


@transaction.atomic
def archive_form(*, form_id: int, archived: bool, by: Actor, at: datetime) -> Form:
    """No contact is evaluated with it any more; what was, stays. ``archived`` false takes it back."""
    form = _locked_form(form_id, by)
    form.archived = archived
    form.save(update_fields=["archived"])
    _record("archive_form" if archived else "restore_form", form, by, at)
    return form


@transaction.atomic
def start_draft(*, form_id: int, content: FormContent | None = None, by: Actor, at: datetime) -> FormVersion:
    """The next version of a form, beginning as the one in force unless other content is given."""
    form = _locked_form(form_id, by)
    if before := queries.draft_of(form.pk):
        raise FormBeingWritten(number=before.number, name=form.name)
    if content is None:
        latest = FormVersion.objects.filter(form=form).order_by("-number").first()
        content = latest.words if latest else EMPTY
    return _draft(form, content, by, at)


@transaction.atomic
def change_draft(*, version_id: int, content: FormContent, version: int, by: Actor, at: datetime) -> FormVersion:
    """Other words for a draft; whoever works on an older reading is told so."""
    draft = _locked_draft(version_id, by)
    if draft.version != version:
        raise Stale
    draft.content, draft.version = content.to_json(), draft.version + 1
    draft.save(update_fields=["content", "version"])
    _record("change_draft", draft.form, by, at, number=draft.number)
    return draft


@transaction.atomic
def drop_draft(*, version_id: int, by: Actor, at: datetime) -> Form:
    """Forget what was being written; a form that never was in force goes with it."""
    draft = _locked_draft(version_id, by)
    form = draft.form
    _record("drop_draft", form, by, at, number=draft.number)
    draft.delete()
    if not form.versions.exists():
        form.delete()
    return form


@transaction.atomic
def publish_form(
    *,
    version_id: int,
    version: int,
    agreed: Sequence[tuple[str, str]] = (),
    round_id: int | None = None,
    by: Actor,
    at: datetime,
) -> FormVersion:
    """Put a draft in force; the one before retires. From now on its words never change.

    ``agreed``: who was asked about its weights, by name, with `yes`, `no` or nothing said; ``round_id`` the round.
    """
    draft = _locked_draft(version_id, by)
    if draft.version != version:
        raise Stale
    sheet = queries.sheet_of(draft.words)
    if not sheet.sound:
        raise FormHasFlaws(name=draft.form.name, problem=_first_flaw(sheet))
    FormVersion.objects.filter(form=draft.form_id, state=State.IN_FORCE).update(state=State.RETIRED)
    draft.state, draft.in_force_from, draft.version = State.IN_FORCE, at, draft.version + 1
    draft.agreed = [{"name": n, "at": at.isoformat(), "round": round_id, "said": said} for n, said in agreed]
    draft.save()
    _record("publish_form", draft.form, by, at, number=draft.number)
    events.announce(FormPutInForce(draft.form_id, draft.form.client_id))
    return draft


@transaction.atomic
def take_handbook(
    *, forms: Mapping[str, FormContent], client_id: int | None, channel: str, by: Actor, at: datetime
) -> list[FormVersion]:
    """A draft for each flow of a handbook: of a new form, or the next version of the form of that name."""
    require(by, P.KEEP_FORMS)
    made = []
    for name, content in forms.items():
        known = Form.objects.filter(name__iexact=name.strip(), client=client_id).first()
        if known is None:
            drafted = make_form(name=name, client_id=client_id, channel=channel, content=content, by=by, at=at)
        elif draft := queries.draft_of(known.pk):
            drafted = change_draft(version_id=draft.pk, content=content, version=draft.version, by=by, at=at)
        else:
            drafted = start_draft(form_id=known.pk, content=content, by=by, at=at)
        made.append(drafted)
    return made


def _draft(form: Form, content: FormContent, by: Actor, at: datetime) -> FormVersion:
    latest = FormVersion.objects.filter(form=form).aggregate(n=Max("number"))["n"] or 0
    draft = FormVersion.objects.create(
        form=form, number=latest + 1, content=content.to_json(), made_by=by.name, made_at=at
    )
    _record("start_draft", form, by, at, number=draft.number)
    return draft


def _locked_form(form_id: int, by: Actor) -> Form:
    require(by, P.KEEP_FORMS)
    queries.the_form(by, form_id, P.KEEP_FORMS)
    return Form.objects.select_for_update().get(pk=form_id)


def _locked_draft(version_id: int, by: Actor) -> FormVersion:
    require(by, P.KEEP_FORMS)
    queries.the_version(by, version_id, P.KEEP_FORMS)
    found = FormVersion.objects.select_for_update(of=("self",)).select_related("form").get(pk=version_id)
    if found.state != State.DRAFT:
        raise FormNotADraft(number=found.number, name=found.form.name, state=found.get_state_display())
    return found


def _first_flaw(sheet: queries.Sheet) -> str:
    for section in sheet.sections:
        for item in section.items:
            if item.flaws:
                return f"{item.item.text or item.item.key}: {item.flaws[0]}"
        if section.flaws:
            return f"{section.title}: {section.flaws[0]}"
    return sheet.flaws[0]


def _record(verb: str, form: Form, by: Actor, at: datetime, **facts: object) -> None:
    facts = {"name": form.name, **facts}
    audit.record(by=by, verb=f"quality.{verb}", about=("quality.form", form.pk), facts=facts, at=at)
