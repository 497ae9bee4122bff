"""From a page of the suite to the page of the manual that tells about it: the one place where this is said."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

# How a path begins, and the page of the manual with the part about it; the longest beginning that fits is meant.
ROOMS: dict[str, str] = {
    "/api/": "administrator",
    "/arena/": "arena",
    "/arena/activities/": "group-sessions",
    "/arena/agenda/": "arena#moments-that-set-emotions-off",
    "/arena/compare/": "duels#compare-handlings",
    "/arena/duels/": "duels#a-duel",
    "/arena/exercises/": "group-sessions#exercises-trainers-managers",
    "/arena/handbooks/": "arena#from-a-handbook-from-files",
    "/arena/lines/": "arena#for-trainers-write-a-scenario",
    "/arena/moments/": "arena#moments-that-set-emotions-off",
    "/arena/scenarios/": "arena#for-trainers-write-a-scenario",
    "/arena/scenarios/from-file/": "arena#from-a-handbook-from-files",
    "/arena/team-matches/": "duels#team-matches-trainers-managers-supervisors",
    "/arena/versions/": "arena#for-trainers-write-a-scenario",
    "/arena/vote-questions/": "duels#questions-about-play-trainers-managers",
    "/arena/votes/": "duels",
    "/audit/": "auditor",
    "/boards/": "boards",
    "/boards/questions/": "boards#for-managers",
    "/boards/reward/": "boards#for-managers",
    "/coaching/": "coaching",
    "/coaching/actions/": "one-to-ones#one-action",
    "/coaching/agreements/": "one-to-ones#working-agreements",
    "/coaching/behaviours/": "coaching#giving-it",
    "/coaching/effects/": "coaching#what-talks-and-thanks-changed",
    "/coaching/floor/": "coaching#my-floor",
    "/coaching/give/": "coaching#giving-it",
    "/coaching/groups/": "coaching#group-sessions",
    "/coaching/meetings/": "one-to-ones#buddies-and-peer-coaching",
    "/coaching/opened/": "coaching#who-reads-it",
    "/coaching/pairs/": "one-to-ones#buddies-and-peer-coaching",
    "/coaching/responses/": "coaching#same-behaviour-same-response",
    "/coaching/talks/": "one-to-ones",
    "/contests/": "boards",
    "/demand/": "demand",
    "/demand/accounts/": "demand#agreements",
    "/demand/client-forecasts/": "demand#what-clients-expect",
    "/demand/expectations/": "demand#what-clients-expect",
    "/demand/forecasts/": "demand#forecasts",
    "/demand/queues/": "demand#queues",
    "/demand/statements/": "demand#agreements",
    "/demand/uploads/": "demand#history",
    "/fun/": "points",
    "/hub/": "hub",
    "/hub/announcements/": "hub#announcements",
    "/hub/pulses/": "hub#pulse",
    "/hub/reported/": "hub#who-reads-what",
    "/hub/search/": "hub#search",
    "/hub/use/": "hub#how-it-is-used",
    "/incentives/": "points#supervisors",
    "/jobs/": "administrator",
    "/my-account/": "sign-in#every-day",
    "/my-account/tokens/": "sign-in#for-administrators",
    "/notices/": "sign-in#every-day",
    "/numbers/": "goals",
    "/numbers/aims/": "goals#what-it-is-for",
    "/numbers/files/": "goals#where-figures-come-from",
    "/numbers/goals/": "goals#a-goal",
    "/people/": "people",
    "/people/agents/": "people#one-agent",
    "/people/clients/": "people#teams-sites-skills-clients-reasons",
    "/people/import/": "people#from-a-file",
    "/people/leaving_reasons/": "people#teams-sites-skills-clients-reasons",
    "/people/sites/": "people#teams-sites-skills-clients-reasons",
    "/people/skills/": "people#teams-sites-skills-clients-reasons",
    "/people/teams/": "people#teams-sites-skills-clients-reasons",
    "/points/": "points",
    "/points/budgets/": "points#managers-and-hr",
    "/promises/": "promises",
    "/quality/": "quality",
    "/quality/calibrations/": "quality#calibrations",
    "/quality/conversations/": "quality#conversations",
    "/quality/endings/": "quality#how-contacts-were-documented",
    "/quality/forms/": "quality#forms",
    "/quality/mine/": "quality#reviews-for-agents",
    "/quality/phrases/": "quality#phrases-worth-noticing",
    "/quality/plans/": "quality#how-contacts-are-drawn",
    "/quality/raters/": "quality#who-gives-how-much",
    "/quality/reviews/": "quality#reviews-for-analysts",
    "/quality/weights/": "quality#what-items-are-worth",
    "/rewards/": "points",
    "/rewards/kept/": "points#managers-and-hr",
    "/rewards/waiting/": "points#managers-and-hr",
    "/say/": "say-something",
    "/say/policies/": "say-something#managers",
    "/say/to-answer/": "say-something#those-who-answer",
    "/say/topics/": "say-something#managers",
    "/schedules/": "rosters",
    "/schedules/changes/": "rosters#wishes",
    "/schedules/mine/": "my-schedule",
    "/schedules/mine/calendars/": "my-schedule#in-my-calendar",
    "/schedules/versions/": "rosters#versions",
    "/staff/": "required-staff",
    "/staff/compute/": "required-staff#from-the-forecast-to-the-week",
    "/staff/skills/": "required-staff#what-would-a-skill-be-worth",
    "/staff/warnings/": "required-staff#days-at-risk",
    "/thanks/": "thanks",
    "/time/": "time-off-the-phones",
    "/time/ask/": "time-off-the-phones#owe-it-or-ask-for-it",
    "/time/owe/": "time-off-the-phones#owe-it-or-ask-for-it",
    "/users/": "sign-in#for-administrators",
}

# These belong to no room: from them help begins with what is one's own to do.
NO_ROOM = ("/help/", "/search", "/start/")


def page_about(path: str) -> str:
    """The page of the manual and its part for a path of the suite; empty where it is in no room."""
    return ROOMS.get(max((begun for begun in ROOMS if path.startswith(begun)), key=len, default=""), "")


def help_about(path: str) -> str:
    """Where “Help” leads from a path."""
    key, mark, part = page_about(path).partition("#")
    return f"{_address(key)}{mark}{part}"


@cache
def _address(key: str) -> str:
    return reverse("help:page", args=[key]) if key else reverse("help:index")
