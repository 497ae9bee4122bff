"""The pages within the places of the suite, found by name and without an entry of their own in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.permissions import AccountPermission
from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.coaching.permissions import CoachingPermission
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.hub.permissions import HubPermission
from floorwalker.apps.learning.permissions import LearningPermission
from floorwalker.apps.offphone.permissions import OffPhonePermission
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.apps.performance.permissions import PerformancePermission
from floorwalker.apps.quality.permissions import QualityPermission
from floorwalker.apps.recognition.permissions import RecognitionPermission
from floorwalker.apps.schedules.permissions import SchedulePermission
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.pages import Place

# key, label, name of the address, icon (none), permissions of which one must be held
PAGES: tuple[Place, ...] = (
    Place("warnings", _("Where we may miss"), "capacity:warnings", "", (CapacityPermission.SEE,)),
    Place("order", _("Compute required staff"), "capacity:order", "", (CapacityPermission.PLAN,)),
    Place("uploads", _("Uploads of history"), "demand:uploads", "", (DemandPermission.STORE_HISTORY,)),
    Place("make", _("Make forecasts"), "demand:make", "", (DemandPermission.MAKE_FORECASTS,)),
    Place("said", _("Client forecasts"), "demand:client_forecasts", "", (DemandPermission.SEE_VOLUMES,)),
    Place("submit", _("Submit a forecast"), "demand:submit", "", (DemandPermission.SUBMIT_CLIENT_FORECAST,)),
    Place("statements", _("Statements"), "demand:statements", "", (DemandPermission.SEE_RECORD,)),
    Place("expectations", _("Expectations of clients"), "demand:expectations", "", (DemandPermission.SEE_RECORD,)),
    Place("accounts", _("New accounts"), "demand:launches", "", (DemandPermission.LAUNCH_ACCOUNTS,)),
    Place("new_queue", _("New queue"), "demand:new_queue", "", (DemandPermission.KEEP_QUEUES,)),
    Place("reviews", _("Reviews"), "quality:reviews", "", (QualityPermission.EVALUATE,)),
    Place(
        "overdue_reviews", _("Who is overdue for a review"), "quality:overdue", "", (QualityPermission.EVALUATE,)
    ),
    Place("plans", _("How contacts are drawn"), "quality:plans", "", (QualityPermission.SEE_PLANS,)),
    Place("rounds", _("What items are worth"), "quality:rounds", "", (QualityPermission.WEIGH,)),
    Place("lost_points", _("Points no agent can win back"), "quality:lost", "", (QualityPermission.SEE_LOST,)),
    Place("endings", _("How contacts were documented"), "quality:endings", "", (QualityPermission.SEE_LOST,)),
    Place("quality_sums", _("Quality by client"), "quality:scores", "", (QualityPermission.SEE_SUMS,)),
    Place("check_me", _("Check me"), "quality:contacts", "", (QualityPermission.ANSWER,)),
    Place("import_conversations", _("Import conversations"), "quality:import", "", (QualityPermission.IMPORT,)),
    Place("feeds", _("My calendars"), "schedules:feeds", "", (SchedulePermission.SEE_OWN,)),
    Place(
        "requests",
        _("Changes of shifts"),
        "schedules:requests",
        "",
        (SchedulePermission.ASK, SchedulePermission.ANSWER),
    ),
    Place("chances", _("What you can earn"), "recognition:chances", "", (RecognitionPermission.POINTS,)),
    Place("rewards", _("Rewards"), "recognition:rewards", "", (RecognitionPermission.POINTS,)),
    Place(
        "fun",
        _("Fun calendar"),
        "recognition:fun",
        "",
        (RecognitionPermission.POINTS, RecognitionPermission.KEEP_FUN),
    ),
    Place("to_deliver", _("Rewards to deliver"), "recognition:waiting", "", (RecognitionPermission.KEEP_REWARDS,)),
    Place("budgets", _("Budgets of points"), "recognition:budgets", "", (RecognitionPermission.KEEP_BUDGETS,)),
    Place("said_mine", _("What you said"), "hub:mine", "", (HubPermission.SAY,)),
    Place("said_did", _("You said, we did"), "hub:answered", "", (HubPermission.SAY,)),
    Place("to_answer", _("What waits for your answer"), "hub:to_answer", "", (HubPermission.SAY,)),
    Place("who", _("Whom to talk to"), "hub:who", "", (HubPermission.SEE_TOPICS,)),
    Place("news", _("Announcements"), "hub:news", "", (HubPermission.READ_NEWS,)),
    Place("announce", _("Announce something"), "hub:announce", "", (HubPermission.ANNOUNCE,)),
    Place("search_hub", _("Search the hub"), "hub:search", "", (HubPermission.READ,)),
    Place("pulses", _("Pulse"), "hub:pulses", "", (HubPermission.SEE_PULSE,)),
    Place("use_of_hub", _("How the hub is used"), "hub:use_of_hub", "", (HubPermission.SEE_USE,)),
    Place("tags", _("Tags of the hub"), "hub:tags", "", (HubPermission.KEEP_TAGS,)),
    Place("policies", _("Policies"), "hub:policies", "", (HubPermission.SEE_TOPICS,)),
    Place(
        "attention",
        _("How attention lies"),
        "coaching:attention",
        "",
        (CoachingPermission.WALK, CoachingPermission.KEEP_LIMITS),
    ),
    Place(
        "effects", _("What talks and thanks changed"), "coaching:effects", "", (CoachingPermission.SEE_EFFECTS,)
    ),
    Place(
        "responses",
        _("Same behaviour, same response"),
        "coaching:responses",
        "",
        (CoachingPermission.SEE_RESPONSES,),
    ),
    Place("groups", _("Group sessions"), "coaching:groups", "", (CoachingPermission.SEE_GROUPS,)),
    Place("agreements", _("Working agreements"), "coaching:agreements", "", (CoachingPermission.TALK,)),
    Place("pairs", _("Buddies and peer coaching"), "coaching:pairs", "", (CoachingPermission.SEE_PAIRS,)),
    Place("plan_talk", _("Plan a one-to-one"), "coaching:plan_talk", "", (CoachingPermission.HOLD,)),
    Place("give", _("Give feedback"), "coaching:choose", "", (CoachingPermission.GIVE,)),
    Place("behaviours", _("Behaviours"), "coaching:behaviours", "", (CoachingPermission.SEE_BEHAVIOURS,)),
    Place("opened", _("Feedback opened by HR"), "coaching:openings", "", (CoachingPermission.SEE_OPENINGS,)),
    Place("activities", _("Activities of groups"), "learning:activities", "", (LearningPermission.TAKE_PART,)),
    Place("exercises", _("Exercises for groups"), "learning:exercises", "", (LearningPermission.KEEP_EXERCISES,)),
    Place("my_practice", _("My practice"), "learning:mine", "", (LearningPermission.PLAY,)),
    Place("duels", _("Duels"), "learning:duels", "", (LearningPermission.COMPETE,)),
    Place("vote", _("Vote on handlings"), "learning:vote", "", (LearningPermission.COMPETE,)),
    Place("comparisons", _("Compare handlings"), "learning:comparisons", "", (LearningPermission.COMPARE,)),
    Place("team_matches", _("Team matches"), "learning:team_matches", "", (LearningPermission.SET_UP_MATCHES,)),
    Place(
        "vote_questions",
        _("Questions about play"),
        "learning:vote_questions",
        "",
        (LearningPermission.ANSWER_QUESTIONS,),
    ),
    Place("customer_lines", _("What customers say"), "learning:lines", "", (LearningPermission.SEE_SCENARIOS,)),
    Place(
        "moments", _("Moments that set emotions off"), "learning:moments", "", (LearningPermission.SEE_SCENARIOS,)
    ),
    Place(
        "handbooks", _("Scenarios from a handbook"), "learning:handbooks", "", (LearningPermission.KEEP_SCENARIOS,)
    ),
    Place("week_skills", _("What would a skill be worth?"), "capacity:skills", "", (CapacityPermission.SKILLS,)),
    Place("week_callbacks", _("What would callbacks bring?"), "capacity:skills", "", (CapacityPermission.SKILLS,)),
    Place("ask", _("Ask for time off the phones"), "offphone:ask", "", (OffPhonePermission.ASK,)),
    Place("goals", _("Goals"), "performance:goals", "", (PerformancePermission.SEE_GOALS,)),
    Place("aims", _("What we aim for"), "performance:aims", "", (PerformancePermission.SEE_AIMS,)),
    Place("figures", _("Take in a file of figures"), "performance:upload", "", (PerformancePermission.IMPORT,)),
    Place("import", _("Import people"), "people:import", "", (PeoplePermission.KEEP_AGENTS,)),
    Place("sites", _("Sites"), "people:sites", "", (PeoplePermission.SEE_ORGANISATION,)),
    Place("teams", _("Teams"), "people:teams", "", (PeoplePermission.SEE_ORGANISATION,)),
    Place("skills", _("Skills"), "people:skills", "", (PeoplePermission.SEE_ORGANISATION,)),
    Place("clients", _("Clients"), "people:clients", "", (PeoplePermission.SEE_CLIENTS,)),
    Place("reasons", _("Reasons for leaving"), "people:leaving_reasons", "", (PeoplePermission.KEEP_AGENTS,)),
    Place("tokens", _("Tokens of programs"), "accounts:tokens", "", (AccountPermission.SEE_TOKENS,)),
    Place("may", _("Who may do what"), "accounts:who_may_what", "", (AccountPermission.SEE_USERS,)),
    Place("notices", _("Notices"), "kernel:notices", ""),
    Place("wishes", _("How you are told of things"), "kernel:notice_wishes", ""),
    Place("help", _("Help"), "help:index", ""),
    Place("account", _("My account"), "accounts:mine", ""),
    Place("factors", _("Passkeys and second factors"), "mfa_index", ""),
    Place("earning", _("What earns points"), "recognition:earning", "", (RecognitionPermission.BOARDS,)),
    Place("seasons", _("Seasons"), "recognition:seasons", "", (RecognitionPermission.BOARDS,)),
    Place("contests", _("Contests"), "recognition:contests", "", (RecognitionPermission.BOARDS,)),
    Place(
        "game_questions",
        _("Questions about the game"),
        "recognition:questions",
        "",
        (RecognitionPermission.FINDINGS,),
    ),
    Place(
        "reward", _("Reward and correction"), "recognition:reward_ratio", "", (RecognitionPermission.SEE_REWARD,)
    ),
    Place("work", _("Work under way"), "kernel:jobs", ""),
    Place(
        "reactions", _("What should have followed and failed"), "kernel:reactions", "", (JobPermission.SEE_ALL,)
    ),
    Place("api", _("Programming interface"), "api_documentation", ""),
)
