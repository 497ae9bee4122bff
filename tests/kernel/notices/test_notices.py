"""Notices: told once, in words made for the reader, and not into their free time."""

from datetime import timedelta

import pytest
from django.core import mail

from floorwalker.kernel import notices
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import gathered, kinds, mailing, readers, reading
from tests.people import NOW

HOUR = timedelta(hours=1)
REF = ("test.thing", 5)


@pytest.fixture(autouse=True)
def house(cast, monkeypatch):
    """One kind whose words only the agent may read, and readers as accounts gives them."""
    for known in list(kinds.KINDS):
        monkeypatch.delitem(kinds.KINDS, known)
    for known in list(gathered.GATHERED):
        monkeypatch.delitem(gathered.GATHERED, known)

    def text(actor, ref):
        return f"Your shift {ref[1]} begins at ten" if actor.user_id == cast.agent.user.pk else None

    shift = kinds.Kind("test.shift", "A shift", text, lambda ref: f"/shift/{ref[1]}/")
    now = kinds.Kind("test.now", "Tomorrow", text, lambda ref: "/now/", urgent=True)
    for each in (shift, now):
        monkeypatch.setitem(kinds.KINDS, each.key, each)
    people = {p.user.pk: p for p in cast.everybody}

    def reader(user_id):
        person = people.get(user_id)
        return person and notices.Reader(person.actor, person.user.email, person.user.name, "Europe/Lisbon")

    monkeypatch.setattr(readers, "RESOLVERS", readers.Resolvers(reader=reader))


def tell(person, once="a", kind="test.shift", at=NOW, ref=REF):
    return notices.notify(to=person.user.pk, kind=kind, ref=ref, once=once, at=at)


def test_the_same_news_is_told_once(cast):
    """`once` names the news: the second call does nothing, for another person it is news."""
    assert tell(cast.agent)
    assert not tell(cast.agent)
    assert tell(cast.colleague)
    assert Notice.objects.count() == 2


def test_the_letter_says_what_the_page_says_and_goes_out_once(cast):
    tell(cast.agent)
    assert mailing.send_due(NOW) == 1
    assert mailing.send_due(NOW) == 0
    [letter] = mail.outbox
    assert letter.to == [cast.agent.user.email]
    assert "Your shift 5 begins at ten" in letter.body
    assert letter.content_subtype == "plain"
    assert "Your shift 5 begins at ten" in cast.client(cast.agent).get("/notices/").content.decode()


def test_several_notices_about_one_thing_are_one_line(cast):
    """Its words say how it stands now, so older ones would read the same, wherever they stand."""
    for number, once in enumerate(("placed", "taken away", "placed again")):
        tell(cast.agent, once, at=NOW + number * HOUR)
    tell(cast.agent, "other", at=NOW, ref=("test.thing", 6))
    told, page = reading.mine(cast.agent.actor)
    assert [(each.url, each.at) for each in told] == [("/shift/5/", NOW + 2 * HOUR), ("/shift/6/", NOW)]
    assert (page.total, reading.unread(cast.agent.actor)) == (2, 2)
    mailing.send_due(NOW + 2 * HOUR)
    assert mail.outbox[0].body.count("Your shift 5 begins at ten") == 1
    first = Notice.objects.get(once="placed")
    assert reading.opened(cast.agent.actor, first.pk, NOW) == "/shift/5/"
    assert reading.unread(cast.agent.actor) == 1


def test_who_may_no_longer_see_it_reads_nothing(cast):
    """Rights lost since: no line on the page, no letter."""
    tell(cast.colleague)
    assert mailing.send_due(NOW) == 0
    assert mail.outbox == []
    assert "begins at ten" not in cast.client(cast.colleague).get("/notices/").content.decode()


def test_letters_wait_for_paid_time_unless_it_cannot_wait(cast, monkeypatch):
    """At night only the urgent kind is written; the rest waits for the next paid minute."""
    notices.quiet_by(lambda user, at: NOW + 8 * HOUR)
    tell(cast.agent, "quiet")
    tell(cast.agent, "urgent", kind="test.now")
    assert mailing.send_due(NOW) == 1
    assert "Tomorrow" in mail.outbox[0].subject
    assert mailing.send_due(NOW + 8 * HOUR) == 1
    assert "A shift" in mail.outbox[1].subject


def test_what_was_read_is_not_written(cast):
    tell(cast.agent)
    reading.mark_all_read(cast.agent.actor, NOW)
    assert mailing.send_due(NOW) == 0


def test_wishes_are_kept(cast):
    """Never by e-mail; or once a day, all together."""
    reading.wish(cast.agent.actor, "test.shift", "never")
    tell(cast.agent, "never")
    assert mailing.send_due(NOW + 48 * HOUR) == 0
    reading.wish(cast.agent.actor, "test.shift", "daily")
    tell(cast.agent, "one")
    tell(cast.agent, "two", at=NOW + 3 * HOUR, ref=("test.thing", 6))
    assert mailing.send_due(NOW + 23 * HOUR) == 0
    assert mailing.send_due(NOW + 24 * HOUR) == 1
    assert "2 notices" in mail.outbox[0].subject


def test_a_heading_cannot_carry_lines(cast, monkeypatch):
    """Mail headers stay one line whatever a kind is called."""
    evil = kinds.Kind("test.evil", "A\nBcc: all@example.org", lambda actor, ref: "x", lambda ref: "/")
    monkeypatch.setitem(kinds.KINDS, evil.key, evil)
    tell(cast.agent, "evil", kind="test.evil")
    mailing.send_due(NOW)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == [cast.agent.user.email]


def test_opening_one_marks_it_read_and_only_ones_own_open(cast):
    tell(cast.agent)
    pk = Notice.objects.get().pk
    assert cast.client(cast.colleague).post(f"/notices/{pk}/").status_code == 404
    assert cast.client(cast.agent).get(f"/notices/{pk}/").status_code == 405
    answer = cast.client(cast.agent).post(f"/notices/{pk}/")
    assert answer["Location"] == "/shift/5/"
    assert reading.unread(cast.agent.actor) == 0


def test_the_page_of_wishes_keeps_them(cast):
    browser = cast.client(cast.agent)
    browser.post("/notices/wishes/", {"test.shift": "never", "test.now": "at_once"})
    kept = {key: mail for key, _title, mail in reading.wishes(cast.agent.actor)}
    assert kept == {"test.shift": "never", "test.now": "at_once"}
    assert browser.post("/notices/wishes/", {"test.shift": "shouting"}).status_code == 422


def test_an_address_that_is_refused_keeps_nobody_else_waiting(cast, monkeypatch, caplog):
    """One letter fails and is said in the log without its address; the others leave."""
    from django.core.mail import EmailMessage

    send = EmailMessage.send

    def refusing(self, *arguments):
        if self.to == [cast.agent.user.email]:
            raise ConnectionRefusedError("no")
        return send(self, *arguments)

    monkeypatch.setattr(EmailMessage, "send", refusing)
    tell(cast.agent)
    tell(cast.agent, "urgent", kind="test.now")
    assert mailing.send_due(NOW) == 0
    assert "could not be sent" in caplog.text
    assert cast.agent.user.email not in caplog.text
    assert mailing.send_due(NOW) == 0


@pytest.mark.parametrize("kind", ["test.shift", "test.now"])
@pytest.mark.parametrize("mail", ["at_once", "daily", "never", None])
def test_many_are_told_as_each_would_be(cast, monkeypatch, kind, mail):
    """By wish, by quiet hours, by what already waits for a digest; and nobody twice."""
    quiet = {cast.agent.user.pk: NOW + 5 * HOUR}
    crowd = {user: max(at, quiet[user]) for user in quiet for at in (NOW,)}
    readers.RESOLVERS.quiet = lambda user, at: max(at, quiet.get(user, at))
    readers.RESOLVERS.quiet_many = lambda users, at: {
        user: max(at, crowd[user]) for user in users if user in crowd
    }
    people = (cast.agent, cast.colleague, cast.contractor)
    if mail:
        for person in people:
            reading.wish(person.actor, kind, mail)
    tell(cast.contractor, once="earlier", kind="test.shift")
    for person in people:
        tell(person, once="one by one", kind=kind)
    one_by_one = mails(people, "one by one")
    Notice.objects.filter(once="one by one").delete()
    users = [person.user.pk for person in people]
    for _again in range(2):
        notices.notify_many(to=users, kind=kind, ref=REF, once="many", at=NOW)
    assert mails(people, "many") == one_by_one
    assert Notice.objects.filter(once="many").count() == len(people)


def mails(people, once):
    """When the letter of each may go."""
    return [Notice.objects.get(to_user=each.user.pk, once=once).mail_after for each in people]
