"""Filters of the audit; the address is their state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.models.entry import Entry


class AuditFilters(forms.Form):
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    who = forms.CharField(label=_("Who"), required=False, max_length=200)
    verb = forms.CharField(
        label=_("Did what"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "accounts."}),
    )
    about = forms.CharField(
        label=_("To what"),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs={"placeholder": "people.agent 12"}),
    )

    def applied(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries left; a filter that cannot be understood leaves out nothing and says so."""
        self.is_valid()
        given = self.cleaned_data
        found = Q()
        if given.get("first"):
            found &= Q(at__gte=beginning_of(given["first"]))
        if given.get("last"):
            found &= Q(at__lt=beginning_of(given["last"] + timedelta(days=1)))
        if given.get("who"):
            found &= Q(actor_name__icontains=given["who"])
        if given.get("verb"):
            found &= Q(verb__startswith=given["verb"])
        if given.get("about"):
            kind, _space, key = given["about"].strip().partition(" ")
            found &= Q(about_kind__startswith=kind) & (Q(about_id=key.strip()) if key else Q())
        return entries.filter(found)

    @property
    def named(self) -> dict[str, str]:
        """The filters that are in force, as they were asked for; nothing else an address may carry."""
        self.is_valid()
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}


def beginning_of(day: date) -> datetime:
    """Its first moment in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
