"""Every place of the suite in the order of the loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.permissions import AccountPermission
from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.coaching import queries as coaching
from floorwalker.apps.coaching.permissions import CoachingPermission
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.hub import queries as hub
from floorwalker.apps.hub.permissions import HubPermission
from floorwalker.apps.learning import queries as learning
from floorwalker.apps.learning.permissions import LearningPermission
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.offphone.permissions import OffPhonePermission
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.apps.performance.permissions import PerformancePermission
from floorwalker.apps.promises import queries as promises
from floorwalker.apps.quality import queries as quality
from floorwalker.apps.quality.permissions import QualityPermission
from floorwalker.apps.recognition.permissions import RecognitionPermission
from floorwalker.apps.schedules import queries as schedules
from floorwalker.apps.schedules.permissions import SchedulePermission
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.pages import Place
from floorwalker.kernel.roles import Role

USED_SECONDS = 600  # what was filled once is seldom empty the next minute
EMPTY_SECONDS = 5  # a first wish or review shows its place with the next page or the one after


@dataclass(frozen=True)
class Signpost:
    """A place, and whether somebody has a use for it: they fill it, or there is something in it for them."""

    place: Place
    filled_by: tuple[Permission, ...] = ()
    used: Callable[[Actor], bool] | None = None

    def open_to(self, actor: Actor) -> bool:
        if self.place.permissions and not actor.may(*self.place.permissions):
            return False
        return self.used is None or actor.may(*self.filled_by) or self._in_use(actor, self.used)

    def _in_use(self, actor: Actor, used: Callable[[Actor], bool]) -> bool:
        """A place with something in it keeps its entry for a while: not every page counts what is in all."""
        key = f"place:{self.place.key}:{actor.user_id}"
        known: bool | None = caches["here"].get(key)
        if known is None:
            known = used(actor)
            caches["here"].set(key, known, USED_SECONDS if known else EMPTY_SECONDS)
        return known


SCENARIO_PAGES = (
    "versions",
    "exercises",
    "handbooks",
    "lines",
    "moments",
    "agenda",
    "team-matches",
    "vote-questions",
)

# key, label, name of the address, icon, permissions of which one must be held
PLACES: tuple[Signpost, ...] = (
    Signpost(Place("home", _("Home"), "home:home", "home")),
    Signpost(
        Place("mine", _("My schedule"), "schedules:mine", "calendar", (SchedulePermission.SEE_OWN,)),
    ),
    Signpost(
        Place("demand", _("Demand"), "demand:queues", "chart-line", (DemandPermission.SEE_VOLUMES,)),
        filled_by=(DemandPermission.KEEP_QUEUES,),
        used=lambda actor: demand.visible_queues(actor).exists(),
    ),
    Signpost(
        Place("staff", _("Required staff"), "capacity:required", "target", (CapacityPermission.SEE,)),
        filled_by=(CapacityPermission.PLAN,),
        used=lambda actor: capacity.visible_requirements(actor).exists(),
    ),
    Signpost(
        Place("rosters", _("Rosters"), "schedules:here", "calendar-week", (SchedulePermission.SEE_ROSTER,)),
        filled_by=(SchedulePermission.PLAN,),
        used=lambda actor: schedules.visible_publications(actor).exists(),
    ),
    Signpost(
        Place("changes", _("Changes"), "schedules:requests", "arrows-exchange", (SchedulePermission.ANSWER,)),
        used=lambda actor: schedules.visible_requests(actor).exists(),
    ),
    Signpost(
        Place("time", _("Time off the phones"), "offphone:time", "school", (OffPhonePermission.SEE_SUMS,)),
        filled_by=(OffPhonePermission.ASK, OffPhonePermission.LEAD),
        used=offphone.any_kept,
    ),
    Signpost(
        Place("to_review", _("To review"), "quality:to_review", "clipboard-check", (QualityPermission.EVALUATE,)),
    ),
    Signpost(
        Place("my_reviews", _("My reviews"), "quality:mine", "clipboard-check", (QualityPermission.ANSWER,)),
        used=quality.has_own,
    ),
    Signpost(
        Place(
            "conversations",
            _("Conversations"),
            "quality:conversations",
            "messages",
            (QualityPermission.SEE_TRANSCRIPT,),
        ),
        filled_by=(QualityPermission.IMPORT,),
        used=lambda actor: quality.visible_conversations(actor).exists(),
    ),
    Signpost(
        Place("forms", _("Evaluation forms"), "quality:forms", "list-check", (QualityPermission.KEEP_FORMS,)),
    ),
    Signpost(
        Place("numbers", _("My numbers"), "performance:mine", "chart-line", (PerformancePermission.SEE,)),
        used=lambda actor: people.agent_of(actor) is not None and actor.has_role(Role.AGENT),
    ),
    Signpost(
        Place(
            "team_numbers",
            _("Numbers"),
            "performance:team",
            "chart-bar",
            (PerformancePermission.SEE, PerformancePermission.SEE_SUMS),
        ),
        used=lambda actor: actor.may(PerformancePermission.SEE_SUMS),
    ),
    Signpost(
        Place("feedback", _("Feedback"), "coaching:mine", "message-circle", (CoachingPermission.READ,)),
        filled_by=(CoachingPermission.GIVE,),
        used=lambda actor: people.agent_of(actor) is not None or coaching.visible_feedback(actor).exists(),
    ),
    Signpost(
        Place(
            "talks",
            _("One-to-ones"),
            "coaching:talks",
            "messages",
            (CoachingPermission.TALK,),
            also=tuple(f"/coaching/{each}/" for each in ("actions", "agreements", "groups", "meetings", "pairs")),
        ),
        filled_by=(CoachingPermission.HOLD,),
        used=lambda actor: people.agent_of(actor) is not None or coaching.has_talks(actor),
    ),
    Signpost(
        Place(
            "floor",
            _("My floor"),
            "coaching:floor",
            "user-search",
            (CoachingPermission.WALK,),
            also=("/coaching/effects/", "/coaching/responses/"),
        ),
        used=lambda actor: coaching.led(actor).exists(),
    ),
    Signpost(
        Place("promises", _("Promises"), "promises:promises", "heart-handshake"),
        used=lambda actor: promises.visible_promises(actor).exists(),
    ),
    Signpost(
        Place("arena", _("Arena"), "learning:arena", "trophy", (LearningPermission.PLAY,)),
        used=lambda actor: learning.scenarios_to_play(actor).exists(),
    ),
    Signpost(
        Place(
            "scenarios",
            _("Scenarios"),
            "learning:scenarios",
            "route",
            (LearningPermission.SEE_SCENARIOS,),
            also=tuple(f"/arena/{each}/" for each in SCENARIO_PAGES),
        ),
        filled_by=(LearningPermission.KEEP_SCENARIOS,),
        used=lambda actor: learning.visible_scenarios(actor).exists(),
    ),
    Signpost(Place("hub", _("Hub"), "hub:board", "message-circle", (HubPermission.READ,))),
    Signpost(
        Place("thanks", _("Thanks"), "recognition:thanks", "heart-handshake", (RecognitionPermission.THANK,))
    ),
    Signpost(
        Place(
            "points",
            _("Points and rewards"),
            "recognition:points",
            "gift",
            (RecognitionPermission.POINTS,),
            also=("/rewards/", "/fun/", "/incentives/"),
        ),
        used=lambda actor: people.agent_of(actor) is not None,
    ),
    Signpost(
        Place(
            "incentives",
            _("Points and incentives"),
            "recognition:incentives",
            "trophy",
            (RecognitionPermission.GIVE,),
            also=("/points/budgets/",),
        ),
    ),
    Signpost(
        Place(
            "kept_rewards",
            _("Catalogue and wishes"),
            "recognition:kept_rewards",
            "gift",
            (RecognitionPermission.KEEP_REWARDS,),
            also=("/rewards/waiting/", "/rewards/asked/"),
        ),
    ),
    Signpost(
        Place(
            "boards",
            _("Boards"),
            "recognition:boards",
            "trophy",
            (RecognitionPermission.BOARDS,),
            also=("/contests/",),
        )
    ),
    Signpost(
        Place("say", _("Say something"), "hub:say", "messages", (HubPermission.SAY,)),
        filled_by=(HubPermission.KEEP_TOPICS,),
        used=lambda actor: hub.visible_topics(actor).exists(),
    ),
    Signpost(
        Place("people", _("People"), "people:agents", "users-group", (PeoplePermission.SEE_AGENTS,)),
        used=lambda actor: actor.sight(PeoplePermission.SEE_AGENTS).beyond_own,
    ),
    Signpost(
        Place(
            "organisation", _("Teams and sites"), "people:teams", "building", (PeoplePermission.KEEP_ORGANISATION,)
        ),
        used=lambda actor: not actor.sight(PeoplePermission.SEE_AGENTS).beyond_own,
    ),
    Signpost(Place("users", _("Users"), "accounts:users", "users", (AccountPermission.SEE_USERS,))),
    Signpost(
        Place(
            "audit",
            _("Audit"),
            "kernel:audit",
            "shield-check",
            (AuditPermission.READ_ALL, AuditPermission.READ_TECHNICAL),
        )
    ),
    Signpost(Place("jobs", _("Background work"), "kernel:jobs", "progress", (JobPermission.SEE_ALL,))),
)

# What a phone's bar shows before “More”, by role.
ON_A_PHONE: dict[Role, tuple[str, ...]] = {
    Role.AGENT: ("mine", "hub", "time"),
    Role.QUALITY_ANALYST: ("to_review", "conversations", "forms"),
    Role.TRAINER: ("scenarios", "talks", "promises"),
    Role.SUPERVISOR: ("rosters", "changes", "time"),
    Role.PLANNER: ("demand", "staff", "rosters"),
    Role.MANAGER: ("rosters", "staff", "promises"),
    Role.CLIENT_VIEWER: ("demand",),
    Role.ADMINISTRATOR: ("users", "audit", "jobs"),
}
