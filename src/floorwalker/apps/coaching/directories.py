"""The behaviours that are encouraged or corrected, with the same response for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Behaviour
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.directory import Directory

BEHAVIOURS = Directory(
    model=Behaviour,
    key="behaviours",
    title=_("Behaviours"),
    one=_("behaviour"),
    about=_("What is encouraged and what is corrected, and the same steps of response whoever leads the team."),
    fields=("name", "side", "first", "second", "third"),
    visible=queries.visible_behaviours,
    see=P.SEE_BEHAVIOURS,
    keep=P.KEEP_BEHAVIOURS,
    whole_house=True,
)
