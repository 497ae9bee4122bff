"""The hub: a question answered on phones, what works used, an announcement confirmed, a pulse answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.hub import services
from floorwalker.apps.hub.models import Announcement, Post, Pulse, Tag
from floorwalker.apps.people.models import Agent
from tests.conformance import crowds
from tests.journeys.conftest import Visit
from tests.people import Cast

FIELD = "What do you want to know, or what works for you?"


def test_colleagues_help_each_other_and_management_answers(
    visit: Visit, cast: Cast, work: Callable[..., None], deliver: Callable[[], None]
) -> None:
    """From the empty hub to an accepted answer, a tip used, an announcement confirmed, a pulse and its promise."""
    crowds.people(cast, range(6))
    Tag.objects.create(name="Refunds")
    phone = visit("hub-agent", 390).sign_in(cast.agent.user)
    phone.open("/hub/")
    phone.shows("Hub", "Nobody has written here yet")
    phone.look_everywhere("empty")
    phone.fill(FIELD, "Refunds: where do I find card payments of June?")
    phone.press("Ask")
    phone.shows("no reply yet", "Refunds", "North One")
    question = Post.objects.get()

    other = visit("hub-colleague", 390).sign_in(cast.colleague.user)
    other.open("/hub/")
    other.follow("Refunds: where do I find card payments of June?")
    other.fill("Your reply", "In the archive, third tab. https://help.example/archive")
    other.press("Reply")
    other.shows("In the archive, third tab.")
    other.open("/hub/")
    other.fill(FIELD, "I read the last four letters aloud. No slip since.")
    other.press("Say what works")
    other.shows("try it")

    phone.open(f"/hub/posts/{question.pk}/")
    phone.look("answered")
    phone.press("This answers it")
    phone.shows("accepted answer", "Accepted.")
    phone.look_everywhere("accepted")
    phone.open("/hub/?kind=practice")
    phone.follow("I read the last four letters aloud.")
    phone.press("I used this")
    phone.shows("used by 1", "you used this")
    phone.open("/hub/search/?q=archive")
    phone.shows("1 place found.")
    phone.look_everywhere("search")

    desk = visit("hub-supervisor").sign_in(cast.supervisor.user)
    desk.open("/hub/announcements/new/")
    desk.fill("Title", "New refund form")
    desk.fill("Your words", "From Monday on there is one form for all refunds.")
    desk.fill("Please confirm by", (timezone.now().date() + timedelta(days=4)).isoformat())
    desk.look_everywhere("announce")
    desk.press("Announce it")
    work(inline=True)
    news = Announcement.objects.get()
    phone.open("/")
    phone.shows("Please read and confirm")
    phone.open(f"/hub/announcements/{news.pk}/")
    phone.look_everywhere("announcement")
    phone.press("I have read this")
    phone.shows("You confirmed it")
    desk.open(f"/hub/announcements/{news.pk}/")
    desk.shows("1 of 10 have read it. 1 have confirmed.", "Not confirmed yet", "Colleague")
    desk.look_everywhere("readers")

    head = visit("hub-manager").sign_in(cast.manager.user)
    head.open("/hub/pulses/new/")
    head.look_everywhere("ask-pulse")
    head.press("Open the pulse")
    pulse = Pulse.objects.get()
    phone.open(f"/hub/pulses/{pulse.pk}/")
    phone.look_everywhere("pulse")
    for name, value in (("skill", 5), ("lead", 4), ("valued", 2), ("effort", 5)):
        phone.page.locator(f"input[name={name}][value='{value}']").check()
    phone.press("Answer")
    phone.shows("Received.")
    for agent in Agent.objects.filter(name__startswith="Crowd").select_related("user"):
        given = {"skill": 4, "lead": 5, "valued": 3, "effort": 4}
        services.answer_pulse(pulse_id=pulse.pk, answers=given, by=actor_of(agent.user), at=timezone.now())
    services.close_pulses(timezone.now() + timedelta(days=8))
    head.open(f"/hub/pulses/{pulse.pk}/")
    head.shows("All who answered", "North One")
    head.fill("What follows from it", "The team talk begins with what you bring.")
    head.fill("By when", (timezone.now().date() + timedelta(days=40)).isoformat())
    head.press("Promise it")
    head.shows("What follows", "Promised for")
    head.look_everywhere("pulse-answered")
    phone.open(f"/hub/pulses/{pulse.pk}/")
    phone.shows("The team talk begins with what you bring.")
    phone.look_everywhere("pulse-results")
    deliver()
