"""Said without a name: nothing anywhere says whose it was, and its author still reads what becomes of it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Saying, Topic
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.models.entry import Entry
from tests.conformance import crowds
from tests.people import NOW, Cast

SECRET_WORDS = "The rota is never fair on Fridays."
Rows = dict[str, set[str]]


@pytest.fixture
def topic(cast: Cast) -> Topic:
    crowds.people(cast, range(5))  # now they are eight in the team
    return Topic.objects.create(name="Rotas", owner=cast.supervisor.user)


def everything() -> Rows:
    """Every row of every table of the database, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t')
            found[name] = {row for (row,) in cursor.fetchall()}
    return found


def since(before: Rows, after: Rows) -> dict[str, list[str]]:
    """Rows that are new or changed, by table."""
    return {name: sorted(rows - before[name]) for name, rows in after.items() if rows - before[name]}


def say_it(cast: Cast, topic: Topic) -> Saying:
    form = {"kind": "concern", "topic": topic.pk, "text": SECRET_WORDS, "shown_to": "all", "anonymous": "on"}
    browser = cast.client(cast.agent)
    browser.get("/say/")  # whatever a page writes by being opened is written before
    before = everything()
    answer = browser.post("/say/", form)
    assert answer.status_code == 302, answer.content.decode()
    new = since(before, everything())
    assert set(new) == {"hub_saying"}, f"something else was written: {new}"
    return Saying.objects.get()


def traces(cast: Cast) -> list[str]:
    """What would lead to the author: ids in fields, name, e-mail, and hashes anybody could make."""
    user, agent = cast.agent.user, cast.agent.agent
    assert agent is not None
    plain = str(user.pk)
    hashes = [hashlib.new(name, plain.encode()).hexdigest() for name in ("md5", "sha1", "sha256")]
    return [user.email, user.name, agent.number, *hashes]


def test_the_row_is_all_that_is_written_and_says_nothing_of_its_author(cast: Cast, topic: Topic) -> None:
    """At the moment of saying: one row, no time finer than a day, no field that holds who."""
    saying = say_it(cast, topic)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM hub_saying t")
        text = cursor.fetchone()[0]
    row = json.loads(text)
    assert row["author_id"] is None
    assert not [trace for trace in traces(cast) if trace.lower() in text.lower()]
    ids = {cast.agent.user.pk, cast.agent.agent.pk if cast.agent.agent else 0}
    references = {"topic_id", "owner_id", "team_id", "site_id", "policy_id", "joined_to_id"}
    others = {name: value for name, value in row.items() if name not in references | {"version"}}
    assert not [name for name, value in others.items() if value in ids and value is not True]
    assert row["owner_id"] == cast.supervisor.user.pk
    assert not [value for value in row.values() if isinstance(value, str) and ":" in value]  # no clock
    assert (saying.team, saying.site) == (cast.world.north_one, None)


def test_no_table_leads_from_it_to_its_author_after_all_that_follows(cast: Cast, topic: Topic) -> None:
    """Brought, answered, joined with the audit, notices, promises and events that makes: none names the author."""
    saying = say_it(cast, topic)
    at = timezone.now() + timedelta(days=1)
    assert services.deliver(at) == 1
    words = {"words": "It will be.", "due": at.date() + timedelta(days=30)}
    services.answer(saying_id=saying.pk, **words, by=cast.supervisor.actor, at=at)
    services.finish(saying_id=saying.pk, words="It is.", by=cast.supervisor.actor, at=at)
    about = {
        name: [row for row in rows if str(saying.pk) in row or SECRET_WORDS in row]
        for name, rows in everything().items()
    }
    about = {name: rows for name, rows in about.items() if rows}
    expected = {"hub_saying", "hub_sayingmove", "kernel_entry", "kernel_notice", "promises_promise"}
    assert expected <= set(about)
    users = ("actor_user", "person", "to_user", "to_user_id", "owner_id", "author_id", "by_id", "actor_id")
    for name, rows in about.items():
        for row in rows:
            assert not [trace for trace in traces(cast) if trace.lower() in row.lower()], (name, row)
            named = {key: value for key, value in json.loads(row).items() if key in users}
            assert cast.agent.user.pk not in named.values(), (name, row)
    assert Promise.objects.filter(to_user=None, to_text="whoever said it").count() == 2
    assert not Entry.objects.filter(about_kind="hub.saying", verb="hub.say").exists()


def test_its_author_alone_reads_what_becomes_of_it(cast: Cast, topic: Topic) -> None:
    """On the page of what they said, at once; nobody else's page shows it, no address of theirs names it."""
    saying = say_it(cast, topic)
    mine = cast.client(cast.agent).get(reverse("hub:mine")).content.decode()
    assert SECRET_WORDS in mine
    assert str(saying.pk) not in mine
    assert SECRET_WORDS not in cast.client(cast.colleague).get(reverse("hub:mine")).content.decode()
    services.deliver(timezone.now() + timedelta(days=1))
    assert cast.client(cast.agent).get(reverse("hub:saying", args=[saying.pk])).status_code == 404


def test_who_answers_reads_it_on_the_next_day_with_the_group_alone(cast: Cast, topic: Topic) -> None:
    """Not on the day, when who was at work is known to everybody in the room."""
    say_it(cast, topic)
    assert services.deliver(timezone.now()) == 0
    url = reverse("hub:to_answer")
    assert SECRET_WORDS not in cast.client(cast.supervisor).get(url).content.decode()
    services.deliver(timezone.now() + timedelta(days=1))
    shown = cast.client(cast.supervisor).get(url).content.decode()
    assert SECRET_WORDS in shown
    assert "somebody in North One" in shown


def test_in_a_group_of_four_the_switch_is_not_there(cast: Cast) -> None:
    """Three in the team and four at the site: no switch, the reason on the page, and the service refuses."""
    topic = Topic.objects.create(name="Rotas", owner=cast.supervisor.user)
    assert "anonymous" not in cast.client(cast.agent).get("/say/").context["form"].fields
    with pytest.raises(services.CannotHide, match="5"):
        services.say(
            kind="idea", topic_id=topic.pk, text="x", anonymous=True, by=cast.agent.actor, at=timezone.now()
        )
    assert not Saying.objects.exists()


def test_a_small_team_hides_in_its_site(cast: Cast, topic: Topic) -> None:
    """The other team of the site has one agent; what they say comes from the site."""
    saying = services.say(
        kind="idea", topic_id=topic.pk, text="x", anonymous=True, by=cast.other_team_agent.actor, at=NOW
    )
    assert (saying.team, saying.site) == (None, cast.world.north)


def test_two_of_one_author_have_nothing_in_common(cast: Cast, topic: Topic) -> None:
    """Neither salt nor key nor a number that counts up."""
    rows = [
        services.say(kind="idea", topic_id=topic.pk, text="x", anonymous=True, by=cast.agent.actor, at=NOW)
        for _ in range(12)
    ]
    assert len({row.author_key for row in rows}) == len({row.salt for row in rows}) == 12
    assert [row.pk for row in rows] != sorted(row.pk for row in rows)


def test_the_last_thread_is_cut_ninety_days_after_the_end(cast: Cast, topic: Topic) -> None:
    """Then not even the secret of the installation leads back."""
    saying = services.say(
        kind="question", topic_id=topic.pk, text="x", anonymous=True, by=cast.agent.actor, at=NOW
    )
    services.deliver(NOW + timedelta(days=1))
    services.decline(saying_id=saying.pk, words="No.", by=cast.supervisor.actor, at=NOW + timedelta(days=1))
    assert services.forget(NOW + timedelta(days=91)) == 0
    assert services.forget(NOW + timedelta(days=92)) == 1
    saying.refresh_from_db()
    assert (saying.author_key, saying.salt) == ("", "")


def test_its_author_finds_it_after_the_secret_was_changed(cast: Cast, topic: Topic, settings: object) -> None:
    """While the earlier secret is kept as a fallback."""
    say_it(cast, topic)
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]  # type: ignore[attr-defined]
    assert len(queries.said_without_a_name(cast.agent.actor)) == 1
