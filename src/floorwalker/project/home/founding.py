"""The centre itself: its first site and whom it answers for, in one small form."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.forms import zones
from floorwalker.apps.people import directories
from floorwalker.apps.people.models import Site
from floorwalker.kernel.access import Actor
from floorwalker.kernel.directory import keep
from floorwalker.project.home.countries import countries, country_of


class CentreForm(forms.Form):
    """Where the centre is, and for whom it works."""

    name = forms.CharField(label=_("Name of the centre"), max_length=120)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("Its days begin and end there."),
        widget=forms.Select(attrs={"data-zone-guess": ""}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", _("by the time zone")), *countries()],
        help_text=_("Its public holidays change how many call."),
    )
    client = forms.CharField(
        label=_("Whose customers call"),
        max_length=120,
        initial=_("Our customers"),
        help_text=_("The name of your client; leave it when they are your own customers."),
    )

    def clean_country(self) -> str:
        """Where none was chosen, the one the zone lies in."""
        return self.cleaned_data["country"] or country_of(self.cleaned_data.get("zone", ""))


def found_centre(*, name: str, zone: str, country: str, client: str, by: Actor, at: datetime) -> Site:
    """Add the site, and the client where there is none of that name yet."""
    with transaction.atomic():
        site: Site = keep(directories.SITES, values={"name": name, "zone": zone, "country": country}, by=by, at=at)
        if not directories.CLIENTS.rows(by).filter(name__iexact=client).exists():
            keep(directories.CLIENTS, values={"name": client}, by=by, at=at)
    return site
