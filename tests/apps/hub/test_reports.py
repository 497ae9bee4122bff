"""A reader reports a post; who moderates looks at it; nobody reads who it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.rules import posts as rules
from floorwalker.kernel.models import Notice
from floorwalker.kernel.models.entry import Entry
from tests.people import NOW, Cast, Person


def written(cast: Cast, who: Person | None = None, text: str = "Mrs Miller of Elm Street is a nuisance.") -> Post:
    return services.post(kind="message", text=text, by=(who or cast.agent).actor, at=NOW)


def report(post: Post, who: Person, reason: str = "private") -> PostReport:
    return services.report_post(post_id=post.pk, reason=reason, by=who.actor, at=NOW)


def page(cast: Cast, who: Person, name: str, *args: int) -> str:
    answer = cast.client(who).get(reverse(f"hub:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def told(who: Person, kind: str) -> int:
    return Notice.objects.filter(to_user=who.user.pk, kind=kind).count()


def test_a_report_is_looked_at_without_the_name_and_its_outcome_told(cast: Cast) -> None:
    """Pressed on the page; counted with reasons for the lead; kept with a reason that only reporters read."""
    post = written(cast)
    url = reverse("hub:report_post", args=[post.pk])
    assert "Report it" in page(cast, cast.colleague, "thread", post.pk)
    assert cast.client(cast.colleague).post(url, {"reason": "private"}).status_code == 302
    report(post, cast.contractor, "hurts")
    assert "you reported this" in page(cast, cast.colleague, "thread", post.pk)
    assert "you reported this" not in page(cast, cast.agent, "thread", post.pk)
    queue = page(cast, cast.supervisor, "reported")
    assert "reported by 2 people" in queue and "It names a customer" in queue
    home = cast.client(cast.supervisor).get("/").content.decode()
    assert "1 post in the hub was reported." in home
    for who in (cast.colleague, cast.contractor):
        assert who.user.name not in queue
    assert told(cast.supervisor, services.REPORTED) == 1, "one notice, however many report"
    assert told(cast.agent, services.REPORTED) == 0
    for who in (cast.agent, cast.colleague, cast.planner, cast.hr):
        assert cast.client(who).get(reverse("hub:reported")).status_code == 404
    assert "Mrs Miller" not in page(cast, cast.other_supervisor, "reported")
    keep = reverse("hub:keep_post", args=[post.pk])
    assert cast.client(cast.other_supervisor).post(keep, {"why": "no"}).status_code == 404
    assert cast.client(cast.supervisor).post(keep, {"why": " "}).status_code == 422
    assert cast.client(cast.supervisor).post(keep, {"why": "She is no customer."}).status_code == 302
    assert cast.client(cast.supervisor).post(keep, {"why": "Again."}).status_code == 409
    for who in (cast.colleague, cast.contractor):
        assert "She is no customer." in page(cast, who, "my_reports")
        assert told(who, services.REPORT_ENDED) == 1
    assert "She is no customer." not in page(cast, cast.agent, "thread", post.pk)
    assert "Mrs Miller" not in page(cast, cast.supervisor, "reported")


def test_hiding_ends_every_report_and_the_title_goes_with_the_post(cast: Cast) -> None:
    """Whoever reported it reads that it is hidden; not what it said, which they may no longer read."""
    post = written(cast)
    made = report(post, cast.colleague)
    services.hide(post_id=post.pk, why="It names a customer.", by=cast.supervisor.actor, at=NOW)
    made.refresh_from_db()
    assert (made.outcome, made.answer) == ("hidden", "")
    shown = page(cast, cast.colleague, "my_reports")
    assert "Mrs Miller" not in shown and "A post you can no longer read" in shown
    words = queries.report_ended_in_words(cast.colleague.actor, ("hub.post_report", made.pk))
    assert words and "hidden" in words
    assert queries.report_ended_in_words(cast.agent.actor, ("hub.post_report", made.pk)) is None
    assert queries.reported_posts(cast.supervisor.actor).count() == 0
    with pytest.raises(services.NotReported):
        services.keep_post(post_id=post.pk, why="Late.", by=cast.manager.actor, at=NOW)


def test_a_notice_of_a_report_says_when_it_has_been_looked_at(cast: Cast) -> None:
    """Its words say how the post stands now: nobody is asked to look where there is nothing left to do."""
    post = written(cast)
    report(post, cast.colleague)
    ref = ("hub.post", post.pk)
    assert "asks you to look" in (queries.reported_in_words(cast.supervisor.actor, ref) or "")
    services.keep_post(post_id=post.pk, why="She is no customer.", by=cast.supervisor.actor, at=NOW)
    assert "has been looked at" in (queries.reported_in_words(cast.supervisor.actor, ref) or "")


def test_no_audit_and_no_program_says_who_reported(cast: Cast) -> None:
    """Its author reads the audit about them; whoever moderates asks through a program: the name is in neither."""
    post = written(cast)
    report(post, cast.colleague)
    entry = Entry.objects.get(verb="hub.report")
    assert entry.actor_user != cast.colleague.user.pk
    assert cast.colleague.user.name not in f"{entry.actor_name} {entry.facts}"
    answer = cast.client(cast.supervisor).get("/api/v1/hub/reports").json()
    assert [each["n"] for each in answer["items"]] == [1]
    assert set(answer["items"][0]) == {"post_id", "text", "n", "reasons", "since", "late"}
    assert cast.client(cast.agent).get("/api/v1/hub/reports/mine").json()["items"] == []
    assert cast.client(cast.colleague).get("/api/v1/hub/reports/mine").json()["items"][0]["post_id"] == post.pk


def test_once_a_person_not_ones_own_not_what_is_hidden_and_five_a_day(cast: Cast) -> None:
    """Each refusal says what to do; a day later one may report again."""
    post = written(cast)
    report(post, cast.colleague)
    with pytest.raises(services.ReportedAlready):
        report(post, cast.colleague)
    with pytest.raises(services.OwnPost):
        report(post, cast.agent)
    for n in range(rules.REPORTS_A_DAY - 1):
        report(written(cast, text=f"Advertisement {n}"), cast.colleague, "beside")
    one_more = written(cast, text="One more")
    url = reverse("hub:report_post", args=[one_more.pk])
    assert cast.client(cast.colleague).post(url, {"reason": "made up"}).status_code == 422
    with pytest.raises(services.TooManyReports):
        report(one_more, cast.colleague)
    next_day = NOW + timedelta(days=1, minutes=1)
    services.report_post(post_id=one_more.pk, reason="beside", by=cast.colleague.actor, at=next_day)
    hidden = written(cast, text="Gone")
    services.hide(post_id=hidden.pk, why="No.", by=cast.supervisor.actor, at=NOW)
    reply_under = written(cast, text="Thread")
    answer = services.reply(post_id=reply_under.pk, text="Rude.", by=cast.agent.actor, at=NOW)
    report(answer, cast.contractor, "hurts")
    assert cast.client(cast.other_team_agent).post(url, {"reason": "wrong"}).status_code == 404


def test_a_lead_never_judges_reports_of_their_own_post(cast: Cast) -> None:
    """It stands in the queue of who leads above; to its author it is as if nobody had reported it."""
    to_team = f"team:{cast.world.north_one.pk}"
    post = services.post(kind="message", text="My rules.", by=cast.supervisor.actor, at=NOW, to=to_team)
    report(post, cast.agent, "wrong")
    assert "My rules." not in page(cast, cast.supervisor, "reported")
    assert told(cast.supervisor, services.REPORTED) == 0
    url = reverse("hub:keep_post", args=[post.pk])
    assert cast.client(cast.supervisor).post(url, {"why": "I like it."}).status_code == 404
    assert "My rules." in page(cast, cast.manager, "reported")


def test_what_nobody_looked_at_for_two_working_days_reaches_who_leads_everywhere_once(cast: Cast) -> None:
    """And stands as late in the queue."""
    post = written(cast)
    report(post, cast.colleague)
    services.note_reports_late(NOW + timedelta(days=1))
    assert told(cast.manager, services.REPORT_LATE) == 0
    for days in (6, 7):
        services.note_reports_late(NOW + timedelta(days=days))
    assert told(cast.manager, services.REPORT_LATE) == 1
    late = queries.reported(cast.supervisor.actor, timezone.now().date()).lines
    assert [each.late for each in late] == [timezone.now().date() > NOW.date() + timedelta(days=4)]


def test_where_the_only_lead_is_reported_who_leads_above_is_told_at_once(cast: Cast) -> None:
    """Not only when two working days are over; and never its author."""
    to_team = f"team:{cast.world.north_one.pk}"
    post = services.post(kind="message", text="My rules.", by=cast.supervisor.actor, at=NOW, to=to_team)
    RoleHeld.objects.filter(role="supervisor").exclude(user=cast.supervisor.user).delete()
    report(post, cast.agent, "hurts")
    assert (told(cast.manager, services.REPORTED), told(cast.supervisor, services.REPORTED)) == (1, 0)
    assert told(cast.administrator, services.REPORTED) == 0, "not while somebody leads above"
    assert cast.client(cast.administrator).get("/api/v1/hub/reports").json()["items"] == []


def test_where_nobody_else_leads_administrators_decide_and_the_author_cannot_undo_it(cast: Cast) -> None:
    """They read this one post and nothing else; shown again by them, never by who wrote it."""
    RoleHeld.objects.filter(role__in=["supervisor", "manager"]).exclude(user=cast.supervisor.user).delete()
    to_team = f"team:{cast.world.north_one.pk}"
    post = services.post(kind="message", text="My rules.", by=cast.supervisor.actor, at=NOW, to=to_team)
    other = services.post(kind="message", text="Something else.", by=cast.supervisor.actor, at=NOW, to=to_team)
    made = report(post, cast.agent, "hurts")
    assert (told(cast.administrator, services.REPORTED), told(cast.supervisor, services.REPORTED)) == (1, 0)
    shown = page(cast, cast.administrator, "reported")
    assert "My rules." in shown and "Something else." not in shown and "Read the thread" not in shown
    assert "1 post in the hub was reported." in cast.client(cast.administrator).get("/").content.decode()
    for name in ("hide", "keep_post"):
        url = reverse(f"hub:{name}", args=[other.pk])
        assert cast.client(cast.administrator).post(url, {"why": "No."}).status_code == 404
    services.note_reports_late(NOW + timedelta(days=6))
    assert told(cast.administrator, services.REPORT_LATE) == 1
    url = reverse("hub:hide", args=[post.pk])
    answer = cast.client(cast.administrator).post(url, {"why": "It threatens people."})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("hub:reported"))
    made.refresh_from_db()
    assert made.outcome == "hidden"
    with pytest.raises(services.HiddenByAnother):
        services.restore(post_id=post.pk, by=cast.supervisor.actor, at=NOW)
    assert services.restore(post_id=post.pk, by=cast.administrator.actor, at=NOW).hidden_at is None


def test_what_was_changed_after_it_was_looked_at_can_be_reported_anew(cast: Cast) -> None:
    """As it was looked at it cannot; once its words are others it can, and is open once again."""
    post = written(cast)
    report(post, cast.colleague)
    services.keep_post(post_id=post.pk, why="She is no customer.", by=cast.supervisor.actor, at=NOW)
    with pytest.raises(services.ReportedAlready):
        report(post, cast.colleague)
    assert "you reported this" in page(cast, cast.colleague, "thread", post.pk)
    later = NOW + timedelta(hours=1)
    post.refresh_from_db()
    services.edit(
        post_id=post.pk, text="Mr Smith is one.", tag_id=None, version=post.version, by=cast.agent.actor, at=later
    )
    assert "Report it" in page(cast, cast.colleague, "thread", post.pk)
    url = f"/api/v1/posts/{post.pk}/report"
    made = cast.client(cast.colleague).post(url, {"reason": "hurts"}, content_type="application/json")
    assert made.status_code == 201 and made.json()["outcome"] == ""
    with pytest.raises(services.ReportedAlready):
        report(post, cast.colleague)
    assert PostReport.objects.filter(post=post, ended_at=None).count() == 1
    assert queries.reported_posts(cast.supervisor.actor).count() == 1


def test_hiding_a_thread_ends_the_reports_of_its_replies(cast: Cast) -> None:
    """Whoever reported a reply is told, and nothing that nobody can see waits to be looked at."""
    thread = written(cast, text="A question of taste.")
    reply = services.reply(post_id=thread.pk, text="Rude.", by=cast.agent.actor, at=NOW)
    made = report(reply, cast.contractor, "hurts")
    services.hide(post_id=thread.pk, why="Enough.", by=cast.supervisor.actor, at=NOW)
    made.refresh_from_db()
    assert (made.outcome, made.ended_at) == ("hidden", NOW)
    assert told(cast.contractor, services.REPORT_ENDED) == 1
    assert queries.reported_posts(cast.supervisor.actor).count() == 0
    services.note_reports_late(NOW + timedelta(days=7))
    assert told(cast.manager, services.REPORT_LATE) == 0
