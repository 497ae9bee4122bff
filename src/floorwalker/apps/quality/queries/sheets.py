"""Evaluation forms: the standards of the house, known to all who are measured by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import words
from floorwalker.apps.quality.models import Form, FormVersion, Reading
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules.forms import FormContent, Item, Score, flaws
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import number_words
from floorwalker.kernel.scoping import pick, scoped

ONE_FOR_ALL = "a form is the standard of the house: who judges by it or is judged by it may read it"


def visible_forms(actor: Actor, permission: Permission = P.SEE_FORMS) -> QuerySet[Form]:
    """All for those who judge or are judged."""
    return Form.objects.all() if actor.sight(permission) else Form.objects.none()


def the_form(actor: Actor, form_id: int, permission: Permission = P.SEE_FORMS) -> Form:
    return pick(visible_forms(actor, permission).select_related("client"), form_id)


def visible_versions(actor: Actor, permission: Permission = P.SEE_FORMS) -> QuerySet[FormVersion]:
    return FormVersion.objects.all() if actor.sight(permission) else FormVersion.objects.none()


def the_version(actor: Actor, version_id: int, permission: Permission = P.SEE_FORMS) -> FormVersion:
    return pick(visible_versions(actor, permission).select_related("form__client"), version_id)


scoped(Form, visible_forms, P.SEE_FORMS, P.KEEP_FORMS, canary="name", staff_see_all=ONE_FOR_ALL)
scoped(
    FormVersion,
    visible_versions,
    P.SEE_FORMS,
    P.KEEP_FORMS,
    canary="made_by",
    key="form_version_id",
    staff_see_all=ONE_FOR_ALL,
)


@dataclass(frozen=True)
class FormLine:
    """A form as a list shows it."""

    form: Form
    in_force: FormVersion | None
    draft: FormVersion | None

    @property
    def standing(self) -> FormVersion | None:
        return self.in_force or self.draft

    @property
    def items(self) -> int:
        return sum(1 for _ in self.standing.words.items()) if self.standing else 0


def form_lines(actor: Actor, archived: bool = False) -> list[FormLine]:
    """Every form with the version in force and the one being written."""
    standing = FormVersion.objects.exclude(state=FormVersion.State.RETIRED)
    rows = (
        visible_forms(actor)
        .filter(archived=archived)
        .select_related("client")
        .prefetch_related(Prefetch("versions", queryset=standing, to_attr="standing"))
        .order_by("name", "pk")
    )
    return [_line(form) for form in rows]


def _line(form: Form) -> FormLine:
    by_state = {each.state: each for each in form.standing}  # type: ignore[attr-defined]
    return FormLine(form, by_state.get("in_force"), by_state.get("draft"))


def versions_of(actor: Actor, form: Form) -> list[FormVersion]:
    """The newest first."""
    return list(visible_versions(actor).filter(form=form).order_by("-number"))


def draft_of(form_id: int) -> FormVersion | None:
    return FormVersion.objects.filter(form=form_id, state=FormVersion.State.DRAFT).first()


def form_for(client_id: int, channel: str) -> FormVersion | None:
    """The form in force for a contact: made for its client and channel before one made for all."""
    rows = FormVersion.objects.filter(
        state=FormVersion.State.IN_FORCE, form__archived=False, form__channel__in=[channel, ""]
    ).select_related("form")
    fitting = [each for each in rows if each.form.client_id in (client_id, None)]
    return max(
        fitting, key=lambda each: (each.form.client_id is not None, each.form.channel != "", each.pk), default=None
    )


def forms_in_force() -> QuerySet[Form]:
    """Forms contacts are evaluated with now, for other rooms that need to know whether there is one."""
    return Form.objects.filter(archived=False, versions__state=FormVersion.State.IN_FORCE).order_by("name", "pk")


def clients_to_choose(actor: Actor) -> list[tuple[int, str]]:
    rows = people.visible_clients(actor).filter(archived=False).order_by("name")
    return [(each.pk, each.name) for each in rows]


@dataclass(frozen=True)
class ItemLine:
    """An item as its page shows it: with what is wrong with it."""

    item: Item
    controlled_by: str
    condition: str
    answers: list[tuple[str, str, str]]  # name, share of the points, what it looks like
    flaws: list[str]
    readings: Sequence[Reading] = ()  # what calibrations agreed, the newest first

    @property
    def weight(self) -> str:
        return number_words(self.item.weight, digits=0 if self.item.weight == int(self.item.weight) else 1)


@dataclass(frozen=True)
class SectionLine:
    place: int
    title: str
    items: list[ItemLine]
    flaws: list[str]


@dataclass(frozen=True)
class Sheet:
    """A version of a form made ready for reading."""

    sections: list[SectionLine]
    flaws: list[str]  # of the whole form

    @property
    def sound(self) -> bool:
        return not self.flaws and not any(
            section.flaws or any(item.flaws for item in section.items) for section in self.sections
        )


def sheet_of(form: FormContent, readings: Mapping[str, Sequence[Reading]] | None = None) -> Sheet:
    """Every item with its answers in words, how it is read, and each flaw beside what it is about."""
    found = flaws(form)

    def about(key: str, codes: Iterable[str] | None = None) -> list[str]:
        return [
            words.flaw_words(each)
            for each in found
            if each.item == key and ((each.code == "empty_section") == (codes is not None))
        ]

    sections = [
        SectionLine(
            place,
            section.title,
            [item_line(form, item, about(item.key), (readings or {}).get(item.key, ())) for item in section.items],
            about(section.title, ["empty_section"]) if not section.items else [],
        )
        for place, section in enumerate(form.sections)
    ]
    return Sheet(sections, [words.flaw_words(each) for each in found if each.code == "nothing_counts"])


def item_line(
    form: FormContent, item: Item, wrong: list[str] | None = None, readings: Sequence[Reading] = ()
) -> ItemLine:
    return ItemLine(
        item,
        words.controller(item.controlled_by),
        words.condition_words(form, item.condition) if item.condition else "",
        [(words.answer_name(each.value), f"{100 * each.share:g} %", each.sentence) for each in item.anchors],
        wrong or [],
        readings,
    )


def lost_words(form: FormContent, score: Score) -> list[tuple[Any, Any]]:
    """Each lost point with the item it was lost at and who controls that."""
    pairs = []
    for lost in score.lost:
        item = form.item(lost.item)
        pairs.append(
            (
                item.text if item else lost.item,
                _("%(points)s of 100 points, controlled by %(who)s")
                % {"points": number_words(lost.points, digits=1), "who": words.controller(lost.controlled_by)},
            )
        )
    return pairs
