"""Colleagues ask, answer and say what works, at the pages they use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Mention, Post, Reuse, Tag
from floorwalker.apps.hub.queries import posts
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import AnnouncedEvent, Notice
from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.notices import mailing
from tests.people import NOW, Cast, Person, in_one_hand


def ask(cast: Cast, who: Person | None = None, **more: Any) -> Post:
    values = {"kind": "question", "text": "Where do I book a partial refund?"} | more
    return services.post(**values, by=(who or cast.agent).actor, at=NOW)


def page(cast: Cast, who: Person, name: str, *args: Any, query: str = "") -> str:
    answer = cast.client(who).get(reverse(f"hub:{name}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def told(who: Person, kind: str) -> int:
    return Notice.objects.filter(to_user=who.user.pk, kind=kind).count()


def events(name: str) -> list[dict[str, Any]]:
    return [each.body for each in AnnouncedEvent.objects.filter(name=f"hub.{name}").order_by("pk")]


def test_one_field_and_one_press_post_a_question_to_the_own_team(cast: Cast) -> None:
    """The button says what it is; audience and tag are guessed; the team reads it, another team does not."""
    Tag.objects.create(name="Refunds")
    form = {"text": "How do I book refunds twice?", "kind": "question"}
    answer = cast.client(cast.agent).post(reverse("hub:post"), form)
    post = Post.objects.get()
    assert answer.headers["Location"] == reverse("hub:thread", args=[post.pk])
    assert (post.kind, post.team, post.tag.name if post.tag else "") == (
        "question",
        cast.world.north_one,
        "Refunds",
    )
    assert "book refunds twice" in page(cast, cast.colleague, "board")
    assert "book refunds twice" in page(cast, cast.supervisor, "board")
    for who in (cast.other_team_agent, cast.stranger, cast.hr, cast.administrator):
        assert "book refunds twice" not in page(cast, who, "board")
        assert cast.client(who).get(reverse("hub:thread", args=[post.pk])).status_code == 404
    assert cast.client(cast.client_viewer).get(reverse("hub:board")).status_code == 404


def test_threads_are_counted_up_to_a_number_that_says_enough(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting a hundred thousand of them took longer than the page; the line is said of those one may read."""
    monkeypatch.setattr(posts, "COUNTED", 2)
    for text in ("One?", "Two?"):
        ask(cast, text=text)
    ask(cast, cast.stranger, text="Elsewhere?")
    assert "2 threads here" in page(cast, cast.colleague, "board")
    ask(cast, text="Three?")
    told = page(cast, cast.colleague, "board")
    assert "More than a thousand threads here" in told and "Three?" in told and "One?" in told


def test_an_empty_post_is_refused_with_the_field_named(cast: Cast) -> None:
    """422, nothing written; also for what holds nothing but marks no eye can see."""
    for text in ("", "  \n ", "\u202e\u2066"):
        answer = cast.client(cast.agent).post(reverse("hub:post"), {"text": text, "kind": "question"})
        assert answer.status_code == 422
    assert not Post.objects.exists()


def test_whoever_asked_accepts_one_answer_and_the_event_names_both(cast: Cast) -> None:
    """A reply is a notice, the acceptance an event; nobody else may accept, and only once."""
    question = ask(cast)
    answer = services.reply(post_id=question.pk, text="Under “Orders”.", by=cast.colleague.actor, at=NOW)
    other = services.reply(post_id=question.pk, text="I do not know.", by=cast.contractor.actor, at=NOW)
    assert told(cast.agent, services.REPLIED) == 2
    assert "none accepted yet" in page(cast, cast.agent, "board")
    for who in (cast.colleague, cast.supervisor):
        with pytest.raises(services.NotAnAnswer):
            services.accept(post_id=answer.pk, by=who.actor, at=NOW)
    cast.client(cast.agent).post(reverse("hub:accept", args=[answer.pk]))
    with pytest.raises(services.NotAnAnswer):
        services.accept(post_id=other.pk, by=cast.agent.actor, at=NOW)
    assert told(cast.colleague, services.ACCEPTED) == 1
    assert cast.agent.agent and cast.colleague.agent
    assert events("AnswerAccepted") == [
        {
            "answer_id": answer.pk,
            "question_id": question.pk,
            "author_id": cast.colleague.agent.pk,
            "asker_id": cast.agent.agent.pk,
        }
    ]
    shown = page(cast, cast.contractor, "thread", question.pk)
    assert shown.index("Under “Orders”.") < shown.index("I do not know."), "the accepted one stands first"


@pytest.mark.parametrize("answerer", ["agent", "supervisor"])
def test_no_event_for_an_own_answer_or_one_of_somebody_who_is_no_agent(cast: Cast, answerer: str) -> None:
    """Points are for helping a colleague, not oneself, and leads collect none."""
    question = ask(cast)
    answer = services.reply(post_id=question.pk, text="Found it.", by=getattr(cast, answerer).actor, at=NOW)
    services.accept(post_id=answer.pk, by=cast.agent.actor, at=NOW)
    assert events("AnswerAccepted") == []


def test_what_works_is_used_once_a_person_and_never_by_its_author(cast: Cast) -> None:
    """Count and event once a pair; the author, and whoever wrote it down for somebody, do not count."""
    post = services.post(kind="practice", text="Say the sum twice.", by=cast.agent.actor, at=NOW)
    assert post.credit == cast.agent.agent
    url = reverse("hub:use", args=[post.pk])
    assert cast.client(cast.colleague).post(url).status_code == 302
    assert cast.client(cast.colleague).post(url).status_code == 409
    assert cast.client(cast.agent).post(url).status_code == 409
    services.use(post_id=post.pk, by=cast.supervisor.actor, at=NOW)
    post.refresh_from_db()
    assert (post.reused, Reuse.objects.count()) == (2, 2)
    assert cast.agent.agent and cast.colleague.agent
    assert events("PracticeReused") == [
        {"post_id": post.pk, "author_id": cast.agent.agent.pk, "by_id": cast.colleague.agent.pk}
    ]
    assert "used by 2" in page(cast, cast.contractor, "board")


def test_a_tip_is_credited_to_whom_it_belongs_whoever_writes_it_down(cast: Cast) -> None:
    """By the service round tables use, once; its owner is told, and can no more use it than the writer."""
    assert cast.colleague.agent
    values = {"agent_id": cast.colleague.agent.pk, "text": "Breathe before you answer.", "once": "table:7:3"}
    post = services.credit_tip(**values, by=cast.supervisor.actor, at=NOW)
    assert services.credit_tip(**values, by=cast.supervisor.actor, at=NOW) == post
    assert cast.left.agent
    assert cast.stranger.agent
    site = f"site:{cast.world.north.pk}"
    for who, to in ((cast.left.agent, ""), (cast.left.agent, site), (cast.stranger.agent, site)):
        gone = {"agent_id": who.pk, "text": "Breathe.", "once": "table:8:1", "to": to}
        with pytest.raises(NotFound):
            services.credit_tip(**gone, by=cast.supervisor.actor, at=NOW)
    with pytest.raises(NotFound):
        services.credit_tip(**values, by=cast.stranger.actor, at=NOW)
    assert (post.credit, post.team) == (cast.colleague.agent, cast.world.north_one)
    shown = page(cast, cast.agent, "thread", post.pk)
    assert cast.colleague.user.name in shown
    assert f"written down by {cast.supervisor.user.name}" in shown
    assert told(cast.colleague, services.CREDITED) == 1
    for who in (cast.colleague, cast.supervisor):
        with pytest.raises(services.CannotUse):
            services.use(post_id=post.pk, by=who.actor, at=NOW)


def test_a_mention_tells_once_and_only_who_may_see_it(cast: Cast) -> None:
    """The picker offers the team and its leads; naming a stranger is refused, and nothing reaches them."""
    question = ask(cast)
    url = reverse("hub:mention", args=[question.pk])
    browser = cast.client(cast.agent)
    for _again in range(2):
        browser.post(url, {"mention": cast.colleague.user.pk})
    assert told(cast.colleague, services.MENTIONED) == 1
    offered = page(cast, cast.agent, "thread", question.pk, query="?pick=mention&mention-text=s")
    assert cast.supervisor.user.name in offered
    assert cast.stranger.user.name not in offered
    assert cast.client_viewer.user.name not in offered
    assert browser.post(url, {"mention": cast.stranger.user.pk}).status_code == 422
    with pytest.raises(NotFound):
        services.mention(post_id=question.pk, user_id=cast.stranger.user.pk, by=cast.agent.actor, at=NOW)
    assert Mention.objects.count() == 1
    assert not Notice.objects.filter(to_user=cast.stranger.user.pk).exists()


def test_a_change_keeps_what_it_said_before(cast: Cast) -> None:
    """By its author alone; of two changes at once the second is told."""
    question = ask(cast)
    form = {f"edit{question.pk}-text": "Where do I book refunds?", f"edit{question.pk}-version": 1}
    assert cast.client(cast.agent).post(reverse("hub:edit", args=[question.pk]), form).status_code == 302
    shown = page(cast, cast.colleague, "thread", question.pk)
    assert "Where do I book refunds?" in shown
    assert "Where do I book a partial refund?" in shown
    assert cast.client(cast.colleague).post(reverse("hub:edit", args=[question.pk]), form).status_code == 404
    with pytest.raises(Stale):
        services.edit(post_id=question.pk, text="x", version=1, by=cast.agent.actor, at=NOW)
    assert queries.search(cast.colleague.actor, "partial").found == [], "what was taken back is not found"


def test_what_is_hidden_is_seen_by_its_author_with_the_reason_and_by_who_moderates(cast: Cast) -> None:
    """Page, list, search, API and notices; with everything under it; the audit keeps the reason; and back."""
    question = ask(cast, text="Customer Miller of Elm Street called again.")
    services.reply(post_id=question.pk, text="Elm Street again?", by=cast.colleague.actor, at=NOW)
    url = reverse("hub:hide", args=[question.pk])
    assert cast.client(cast.colleague).post(url, {"why": "no"}).status_code == 404
    assert cast.client(cast.other_supervisor).post(url, {"why": "no"}).status_code == 404
    assert cast.client(cast.supervisor).post(url, {"why": " "}).status_code == 422
    cast.client(cast.supervisor).post(url, {"why": "It names a customer."})
    for who in (cast.contractor, cast.planner):
        assert "Elm Street" not in page(cast, who, "board")
        assert cast.client(who).get(reverse("hub:thread", args=[question.pk])).status_code == 404
        assert queries.search(who.actor, "elm").found == []
    assert "It names a customer." in page(cast, cast.agent, "thread", question.pk)
    notice = Notice.objects.get(to_user=cast.agent.user.pk, kind=services.HIDDEN_KIND)
    assert queries.hidden_in_words(cast.agent.actor, ("hub.post", question.pk))
    assert queries.hidden_in_words(cast.contractor.actor, ("hub.post", question.pk)) is None
    assert notice.mail_after is not None
    assert Entry.objects.get(verb="hub.hide").facts["why"] == "It names a customer."
    with pytest.raises(services.Hidden):
        services.reply(post_id=question.pk, text="And?", by=cast.agent.actor, at=NOW)
    cast.client(cast.supervisor).post(reverse("hub:restore", args=[question.pk]))
    assert "Elm Street" in page(cast, cast.contractor, "board")
    assert told(cast.agent, services.SHOWN_KIND) == 1


def test_words_for_all_are_moderated_by_who_moderates_everywhere(cast: Cast) -> None:
    """A supervisor of one team hides nothing the whole house reads."""
    post = ask(cast, to="all")
    with pytest.raises(NotFound):
        services.hide(post_id=post.pk, why="No.", by=cast.supervisor.actor, at=NOW)
    services.hide(post_id=post.pk, why="No.", by=cast.manager.actor, at=NOW)


def test_nobody_writes_to_where_they_do_not_belong(cast: Cast) -> None:
    """Another team or site is as if it did not exist; an auditor writes nothing."""
    for to in (f"team:{cast.world.south_one.pk}", f"site:{cast.world.south.pk}", "team:x", "nowhere"):
        with pytest.raises(NotFound):
            ask(cast, to=to)
    assert ask(cast, to=f"site:{cast.world.north.pk}").site == cast.world.north
    assert ask(cast, cast.hr).audience == "all"
    with pytest.raises(NotFound):
        ask(cast, cast.auditor)
    with pytest.raises(NotFound):
        ask(cast, cast.client_viewer)


def test_a_question_without_a_reply_is_brought_to_its_lead_once_after_two_working_days(cast: Cast) -> None:
    """Asked on a Wednesday, told on Friday; an answered one to nobody."""
    question, answered = ask(cast), ask(cast, text="And this?")
    services.reply(post_id=answered.pk, text="Yes.", by=cast.colleague.actor, at=NOW)
    assert services.note_waiting(NOW + timedelta(days=1)) == 0
    assert services.note_waiting(NOW + timedelta(days=2)) == 1
    assert services.note_waiting(NOW + timedelta(days=3)) == 0
    assert told(cast.supervisor, services.UNANSWERED) == 1
    assert question.pk in [each.pk for each in queries.waiting_where_i_lead(cast.supervisor.actor)]
    assert "Questions without a reply" in cast.client(cast.supervisor).get("/").content.decode()


def test_in_a_small_house_a_question_reaches_the_one_who_leads(cast: Cast) -> None:
    """The role is held everywhere, not for the team or site that was asked."""
    one = in_one_hand(cast)
    ask(cast)
    ask(cast, to=f"site:{cast.world.north.pk}")
    assert services.note_waiting(NOW + timedelta(days=2)) == 2
    assert told(one, services.UNANSWERED) == 2


def test_use_is_counted_by_week_and_names_nobody(cast: Cast) -> None:
    """For who leads; an agent has no such page."""
    post = services.post(kind="practice", text="Say it twice.", by=cast.agent.actor, at=timezone.now())
    services.use(post_id=post.pk, by=cast.colleague.actor, at=timezone.now())
    shown = page(cast, cast.supervisor, "use_of_hub")
    assert cast.agent.user.name not in shown
    week = queries.use(cast.supervisor.actor, timezone.now().date()).weeks[-1]
    assert (week.practices, week.used) == (1, 1)
    assert cast.client(cast.agent).get(reverse("hub:use_of_hub")).status_code == 404


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        'http://x.example/"onmouseover=alert(1)//',
        "<a href='javascript:alert(1)'>see</a>",
        "{{ 7|add:7 }}{% debug %}",
        '=HYPERLINK("http://x")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "Ａ\u202egnp.exe",
        "&lt;b&gt; </textarea><svg/onload=alert(1)>",
    ],
)
def test_no_text_runs_anywhere(cast: Cast, evil: str) -> None:
    """Board, thread, search, form, announcement, letter, CSV and API: every text stays a text."""
    tag = Tag.objects.create(name=evil[:60].replace("\u202e", ""))
    post = ask(cast, text=f"Word {evil}", tag_id=tag.pk)
    services.reply(post_id=post.pk, text=f"Word {evil}", by=cast.colleague.actor, at=NOW)
    services.hide(post_id=post.pk, why=evil, by=cast.supervisor.actor, at=NOW)
    pages = [page(cast, cast.agent, "thread", post.pk)]
    services.restore(post_id=post.pk, by=cast.supervisor.actor, at=NOW)
    pages += [page(cast, cast.colleague, "board"), page(cast, cast.colleague, "thread", post.pk)]
    pages += [page(cast, cast.agent, "search", query="?q=word"), page(cast, cast.agent, "edit", post.pk)]
    for text in pages:
        body = text[text.index("<main") :]
        for danger in ("<script>alert", "<img src=x", "<svg/onload", "javascript:alert(1)'>", 'href="javascript'):
            assert danger not in body, danger
        assert 'onmouseover=alert(1)//"' not in body
        assert "\u202e" not in body
    for href in pages[2].split('href="')[1:]:
        assert href.split('"')[0].startswith(("/", "#", "http://", "https://", "mailto:")), href[:80]
    letter = mailing.take(cast.agent.user.pk, NOW + timedelta(days=20))
    assert letter is not None
    assert letter.content_subtype == "plain"
    csv = b"".join(cast.client(cast.agent).get(reverse("hub:posts_csv")).streaming_content)  # type: ignore[attr-defined]
    for line in csv.decode().splitlines()[1:]:
        assert not line.startswith(("=", "@", "+", "-")), line
    api = cast.client(cast.agent).get(f"/api/v1/posts/{post.pk}")
    assert api.headers["Content-Type"].startswith("application/json")
    assert api.json()["text"] == post.text
