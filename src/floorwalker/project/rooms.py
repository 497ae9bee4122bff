"""On an agent's page: the rooms in which there is more about them, as far as the reader may enter."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.permissions import CoachingPermission
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.permissions import PerformancePermission
from floorwalker.apps.quality.permissions import QualityPermission
from floorwalker.kernel.access import Actor, Permission


def more_about(actor: Actor, agent: Agent) -> people.Beside | None:
    """Feedback, figures, goals and reviews of this agent; one's own lead to one's own pages."""

    def sees(permission: Permission) -> bool:
        return people.visible_agents(actor, permission).filter(pk=agent.pk).exists()

    mine = agent.user_id is not None and agent.user_id == actor.user_id
    found = []
    if mine and actor.may(CoachingPermission.READ):
        found.append(people.BesideLine(_("What was said to you"), url=reverse("coaching:mine")))
    elif sees(CoachingPermission.GIVE):
        found.append(people.BesideLine(_("Feedback"), url=reverse("coaching:agent", args=[agent.pk])))
    if sees(PerformancePermission.SEE):
        own = reverse("performance:mine") if mine else reverse("performance:agent", args=[agent.pk])
        found.append(people.BesideLine(_("Numbers and goals"), url=own))
    if mine and actor.may(QualityPermission.ANSWER):
        found.append(people.BesideLine(_("Your reviews"), url=reverse("quality:mine")))
    elif sees(QualityPermission.SEE_REVIEWS):
        listed = f"{reverse('quality:reviews')}?{urlencode({'agent': agent.pk})}"
        found.append(people.BesideLine(_("Reviews of contacts"), url=listed))
    if not found:
        return None
    return people.Beside(title=_("More about you") if mine else _("More about them"), lines=found)
