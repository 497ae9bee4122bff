"""A round table on three screens: planned into a cheap slot, begun, tips, marks, one into the hub with credit."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.coaching.models import GroupSession
from floorwalker.apps.hub.models import Post, Tag
from floorwalker.apps.learning.models import Activity, TipTry
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.kernel.periods import Period
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.people import Cast

TIP = "I read the number back before I look anything up."


def planned(lead: Visitor, cast: Cast) -> None:
    """The kind first, then the words; then one of the times that cost the fewest callers."""
    lead.open("/coaching/groups/new/")
    lead.shows("usually 45 minutes", "Would you sell to yourself?")
    lead.page.get_by_role("link", name=re.compile("^Round table")).click()
    lead.page.wait_for_load_state()
    lead.fill("Title", "The first minute")
    lead.fill("What it is about", "What do you say before you open anything?")
    lead.fill("To be held by", (timezone.localdate() + timedelta(days=9)).isoformat())
    lead.page.get_by_label(cast.contractor.user.name, exact=True).uncheck()
    lead.look_everywhere("plan")
    lead.press("Plan it")
    lead.shows("Round table", "prepared")
    lead.press("Take this time")
    lead.shows("Everybody has that time now.")
    assert set(Session.objects.values_list("state", flat=True)) == {"placed"}


def test_a_round_table_tip_becomes_what_works_with_credit(visit: Visit, cast: Cast) -> None:
    """The lead at a desk, two agents on phones; what one puts on the table the other sees at once."""
    Tag.objects.create(name="Parcel insurance")
    start = timezone.now() + timedelta(hours=1)
    shift = Period(start, start + timedelta(hours=6))
    agents = [each.agent.pk for each in (cast.agent, cast.colleague) if each.agent]
    offphone.tell_presence(agents=agents, between=shift, windows=[(each, 1, shift) for each in agents])

    lead = visit("lead").sign_in(cast.supervisor.user)
    planned(lead, cast)
    group = GroupSession.objects.get()
    lead.press("Begin")
    lead.shows("everybody writes tips", "The table is empty yet")

    one = visit("one", 390).sign_in(cast.agent.user)
    other = visit("other", 390, color_scheme="dark").sign_in(cast.colleague.user)
    other.open(f"/coaching/groups/{group.pk}/")
    other.look("session")
    other.follow("Take part")
    one.open(f"/arena/activities/{Activity.objects.get().pk}/")
    one.look("table")
    one.fill("What works for you", TIP)
    one.choose("What it is about", "Parcel insurance")
    one.page.get_by_label("It may be shared with my name").check()
    one.press("Put it on the table")
    for each in (lead, other):  # by itself
        each.page.get_by_text(TIP).wait_for()
    one.look("written")
    other.look("arrived")
    lead.look_everywhere("tips")

    lead.press("On to what to try")
    other.page.get_by_role("button", name="I will try it").click()
    other.page.get_by_text("1 will try it").wait_for()
    other.look("tried")
    lead.page.get_by_text("1 will try it").wait_for()
    assert TipTry.objects.get().agent == cast.colleague.agent

    other.page.get_by_text("Ask something without your name").click()
    other.fill("Your question", "Do we have to say the name twice?")
    other.press("Put it into the box")
    lead.page.reload()
    lead.shows("Do we have to say the name twice?")
    lead.fill("The answer, or why there is none", "Once is enough.")
    lead.press("Answer")
    one.page.get_by_text("Once is enough.").wait_for()
    one.look("answered")

    shared(lead, one, group)
    over(lead, group)


def shared(lead: Visitor, author: Visitor, group: GroupSession) -> None:
    """From the page of the session into the hub; whose tip it is reads it there."""
    lead.follow("To its session")
    assert lead.path == f"/coaching/groups/{group.pk}/"
    lead.look_everywhere("share")
    lead.press("Share it in the hub")
    lead.shows("in the hub", "with credit to whose tip it is")
    author.open("/hub/")
    author.shows(TIP.split(".")[0], "what works")
    author.look("in the hub")
    post = Post.objects.get()
    assert (post.kind, post.credit and post.credit.name, post.tag and post.tag.name) == (
        "practice",
        "Agent",
        "Parcel insurance",
    )


def over(lead: Visitor, group: GroupSession) -> None:
    """Held and closed; the activity ends with it."""
    lead.open(f"/coaching/groups/{group.pk}/")
    lead.page.locator("#hold").get_by_role("button", name="It took place").click()
    lead.page.wait_for_load_state()
    lead.fill("What will change", "Everybody reads the number back.")
    lead.fill("By", (timezone.localdate() + timedelta(days=20)).isoformat())
    lead.press("Promise it")
    lead.shows("See what came of it")
    lead.look("closed")
    assert Activity.objects.get().state == "closed"
