"""What is announced, and to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.forms.sayings import DAY
from floorwalker.apps.hub.models import Announcement
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules.posts import ALL, QUEUE, SITE, TEAM
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import PickField


class AnnounceForm(forms.Form):
    """Title, words, whom; and where it must be read, by when it is to be confirmed."""

    needed_at_times = (SITE, TEAM, QUEUE)

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Your words"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    audience = forms.ChoiceField(label=_("Whom you tell"), widget=forms.RadioSelect)
    team = PickField(label=_("Which team"), required=False)
    site = PickField(label=_("Which site"), required=False)
    queue = PickField(label=_("Which queue"), required=False)
    confirm_by = forms.DateField(
        label=_("Please confirm by"),
        required=False,
        widget=DAY,
        localize=False,
        help_text=_("Only where it must be read: they are reminded once, and you see who has not confirmed."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {str(value): label for value, label in Announcement.Audience.choices}
        offered = {TEAM: queries.teams_to_pick(actor), SITE: queries.sites_to_pick(actor)}
        queues = queries.queues_to_pick(actor)
        if queues is not None:
            offered[QUEUE] = queues
        kinds = [name for name, choices in offered.items() if choices.rows.exists()]
        if actor.sight(P.ANNOUNCE).everything:
            kinds.append(ALL)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [(name, labels[name]) for name in kinds]
        audience.initial = kinds[0] if kinds else None
        for name in (TEAM, SITE, QUEUE):
            field = self.fields[name]
            assert isinstance(field, PickField)
            if name in kinds:
                field.choices_of = offered[name]
                alone = list(offered[name].rows.values_list("pk", flat=True)[:2])
                field.initial = alone[0] if len(alone) == 1 else None
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        audience = given.get("audience")
        if audience in (TEAM, SITE, QUEUE) and audience not in self.errors and not given.get(audience):
            self.add_error(audience, _("Choose which."))
        return given

    def announced(self) -> dict[str, Any]:
        """What the service is told."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "text": given["text"],
            "audience": given["audience"],
            "place_id": given.get(given["audience"]),
            "confirm_by": given["confirm_by"],
        }


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300)
