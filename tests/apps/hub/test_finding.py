"""Search: everything one may see and nothing else, for any input."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Policy, Post
from floorwalker.apps.hub.rules.finding import marked, query_of, words_of
from tests.people import NOW, Cast


def write(cast: Cast, who: str, text: str, **more: str) -> Post:
    return services.post(kind="message", text=text, by=getattr(cast, who).actor, at=NOW, **more)


def titles(cast: Cast, who: str, text: str) -> list[str]:
    return [each.title for each in queries.search(getattr(cast, who).actor, text).found]


def test_one_finds_in_what_one_may_read_and_nothing_else(cast: Cast) -> None:
    """Team, site and all; replies lead to their thread; policies and announcements beside them."""
    mine = write(cast, "agent", "The voucher printer is stuck.")
    write(cast, "agent", "Voucher rules for the site.", to=f"site:{cast.world.north.pk}")
    write(cast, "stranger", "Vouchers in the South.")
    services.reply(post_id=mine.pk, text="Turn the voucher tray.", by=cast.colleague.actor, at=NOW)
    Policy.objects.create(name="Vouchers", text="Up to 20.", owner=cast.hr.user, since=NOW.date())
    found = titles(cast, "agent", "voucher")
    assert sorted(found) == sorted(
        [
            "The voucher printer is stuck.",
            "Voucher rules for the site.",
            "The voucher printer is stuck.",
            "Vouchers",
        ]
    )
    assert titles(cast, "other_team_agent", "voucher") == ["Voucher rules for the site.", "Vouchers"]
    assert titles(cast, "stranger", "vouch") == ["Vouchers in the South.", "Vouchers"]
    assert titles(cast, "agent", "printer tray") == [], "all words, in one post"
    url = next(each.url for each in queries.search(cast.agent.actor, "tray").found)
    assert url.startswith(reverse("hub:thread", args=[mine.pk]))


@pytest.mark.parametrize(
    "text", ["", " ", "&|!()", "a:*b", "'", '"', "\\", "🦊", "x" * 200, "<->", "%", "the " * 40, "a\x00b"]
)
def test_odd_searches_answer(cast: Cast, text: str) -> None:
    """Nothing of what is typed reaches the database as an operator."""
    write(cast, "agent", "Something.")
    answer = cast.client(cast.agent).get(reverse("hub:search"), {"q": text})
    assert answer.status_code == 200
    api = cast.client(cast.agent).get("/api/v1/hub/search", {"q": text.replace("\x00", "")})
    assert api.status_code == 200


@given(st.text(max_size=60))
def test_a_query_holds_letters_and_figures_alone(text: str) -> None:
    """Of any text, the words are letters and figures, and the query joins them by nothing but “and”."""
    words = words_of(text)
    assert all(word.isalnum() or all(c.isalnum() for c in word) or word for word in words)
    rest = query_of(words)
    for word in words:
        rest = rest.replace(word, "", 1)
    assert set(rest) <= set(" &:*")


@given(st.text(max_size=300), st.text(max_size=20))
def test_marking_loses_no_letter_and_adds_none(text: str, wanted: str) -> None:
    """The parts joined are a piece of the text, with dots where it was cut."""
    parts = marked(text, words_of(wanted))
    piece = "".join(part for part, _hit in parts)
    plain = " ".join(text.split())
    assert piece.removeprefix("… ").removesuffix(" …").strip() in plain
    assert len(piece) <= len(plain) + 4


def test_what_is_found_is_marked_and_stays_text(cast: Cast) -> None:
    """The mark is ours, the words are not."""
    write(cast, "agent", "<b>Voucher</b> for all")
    shown = cast.client(cast.agent).get(reverse("hub:search"), {"q": "vouch"}).content.decode()
    assert "&lt;b&gt;<mark>Voucher</mark>&lt;/b&gt;" in shown


def test_words_are_read_anew_after_the_language_was_changed(cast: Cast, settings: object) -> None:
    """“simple” finds words as they are and their beginnings; “english” also their other endings."""
    write(cast, "agent", "He was running late.")
    assert titles(cast, "agent", "runs") == []
    settings.SEARCH_LANGUAGE = "english"  # type: ignore[attr-defined]
    assert services.renew_search() == 1
    assert services.renew_search() == 0
    assert titles(cast, "agent", "runs") == ["He was running late."]
