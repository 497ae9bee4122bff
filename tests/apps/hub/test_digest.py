"""News of the hub in the digest: what the pages would show its reader, since the last one, off by a wish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from floorwalker.apps.hub import services
from floorwalker.apps.hub.models import Announcement, Post
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import mailing
from tests.apps.hub.test_announcements import announced
from tests.apps.test_api_doors import Door, problem
from tests.people import NOW, Cast, Person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY, AT_ONCE = "hub.replied", "hub.mentioned"
LATER = NOW + HOUR


def written(who: Person, text: str, *, kind: str = "question", at: datetime = NOW) -> Post:
    return services.post(kind=kind, text=text, by=who.actor, at=at)


def due(reader: Person, at: datetime, kind: str = DAILY, about: Post | None = None) -> None:
    """Something waits for the reader's next letter."""
    Notice.objects.create(
        to_user=reader.user.pk,
        kind=kind,
        ref_kind="hub.post",
        ref_id=about.pk if about else 0,
        once=f"{kind} {at}",
        at=at,
        mail_after=at,
    )


def letter_to(reader: Person, at: datetime = LATER, kind: str = DAILY, about: Post | None = None) -> str:
    """What they are written at that moment; nothing where nothing goes out."""
    mail.outbox.clear()
    due(reader, at, kind, about)
    Notice.objects.exclude(to_user=reader.user.pk).update(mail_after=None)
    mailing.send_due(at)
    return "\n".join(f"{each.subject}\n{each.body}" for each in mail.outbox)


def test_open_questions_of_the_own_team_stand_in_the_digest(cast: Cast) -> None:
    """With a link; not one's own, not answered or hidden ones, not those of another team."""
    open_one = written(cast.colleague, "How do I void a label?")
    written(cast.agent, "Is this mine?")
    written(cast.other_team_agent, "Another team asks?")
    answered = written(cast.colleague, "Is this answered?")
    services.reply(post_id=answered.pk, text="It is.", by=cast.contractor.actor, at=NOW)
    hidden = written(cast.colleague, "Is this hidden?")
    services.hide(post_id=hidden.pk, why="It names a customer.", by=cast.supervisor.actor, at=NOW)
    said = letter_to(cast.agent)
    assert "Since your last digest" in said and "How do I void a label?" in said
    assert reverse("hub:thread", args=[open_one.pk]) in said
    for other in ("Is this mine?", "Another team", "Is this answered?", "Is this hidden?"):
        assert other not in said


def test_what_works_is_told_with_its_author_and_uses(cast: Cast) -> None:
    """To whoever may read it; a stranger's digest is not even sent."""
    tip = written(cast.colleague, "Say the price first.", kind="practice")
    services.use(post_id=tip.pk, by=cast.contractor.actor, at=NOW)
    assert f"Say the price first. – {cast.colleague.user.name}, used by 1" in letter_to(cast.agent)
    assert letter_to(cast.stranger) == ""


def test_announcements_not_read_stand_in_it_once(cast: Cast, work: Callable[..., None]) -> None:
    """Not in its list and its notice both; read or withdrawn, not at all."""
    found = announced(cast, work)
    Announcement.objects.filter(pk=found.pk).update(at=NOW)
    url = reverse("hub:announcement", args=[found.pk])
    Notice.objects.filter(to_user=cast.colleague.user.pk).update(mail_after=LATER)
    assert letter_to(cast.colleague).count(url) == 1
    Notice.objects.filter(to_user=cast.agent.user.pk).delete()
    assert "Announcements you have not read" in letter_to(cast.agent)
    cast.client(cast.agent).get(url)
    assert letter_to(cast.agent, LATER + HOUR) == ""


def test_since_the_last_digest_and_a_few_of_each(cast: Cast) -> None:
    """What was told is not told again; a letter of older things is none; three lines a part."""
    for number in range(5):
        written(cast.colleague, f"Question {number}?")
    assert letter_to(cast.agent).count("Question ") == 3
    written(cast.colleague, "A new one?", at=LATER + HOUR)
    said = letter_to(cast.agent, LATER + DAY)
    assert "A new one?" in said and "Question 0?" not in said
    assert letter_to(cast.agent, LATER + 2 * DAY) == ""
    assert letter_to(cast.other_team_agent, LATER + 30 * DAY) == ""


def test_only_a_digest_brings_it(cast: Cast) -> None:
    """A letter that goes out at once tells what it is about and no more."""
    asked = written(cast.colleague, "How do I void a label?")
    assert letter_to(cast.agent, kind=AT_ONCE) == ""
    said = letter_to(cast.agent, LATER + HOUR, kind=AT_ONCE, about=asked)
    assert "Since your last digest" not in said


def test_a_wish_turns_it_off_at_the_page_and_for_programs(cast: Cast) -> None:
    """With the digest or not at all: there is no letter at once for it."""
    written(cast.colleague, "How do I void a label?")
    assert "News of the hub" in cast.client(cast.agent).get("/notices/wishes/").content.decode()
    door = Door(cast, cast.agent)
    assert problem(door.send("put", "/notice-wishes/hub.digest", {"mail": "at_once"}))[0] == 404
    assert {each["kind"]: each["mail"] for each in door.get("/notice-wishes").json()}["hub.digest"] == "daily"
    assert door.send("put", "/notice-wishes/hub.digest", {"mail": "never"}).status_code == 204
    assert letter_to(cast.agent) == ""
    assert "void a label" in letter_to(cast.contractor)


@pytest.mark.parametrize("text", ["<script>alert(1)</script> & more", "A line\r\nBcc: all@example.org"])
def test_it_is_plain_text_as_it_was_written(cast: Cast, text: str) -> None:
    """S-22: words stand as words on one line, and no heading carries them."""
    written(cast.colleague, text)
    said = letter_to(cast.agent)
    (sent,) = mail.outbox
    assert sent.message().get_content_type() == "text/plain"
    assert "- " + text.splitlines()[0] in said
    assert "\n" not in sent.subject and sent.recipients() == [cast.agent.user.email]
