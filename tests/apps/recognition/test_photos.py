"""Photos of fun days: of those who agreed, seen by the site, gone at once for who does not want to be on one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import FunPhoto, FunPost
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.files.photos import Photo
from floorwalker.kernel.models import Entry, Notice
from tests.conformance.headers import wrong_headers
from tests.kernel.files import pictures
from tests.people import NOW, Cast, Person, make_cast

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def post(cast: Cast) -> FunPost:
    day = services.plan_fun_day(
        site_id=cast.world.north.pk, name="Crazy hats", what="Wear one.", remote="Show it on camera.",
        day=NOW.date(), by=cast.supervisor.actor, at=NOW,
    )  # fmt: skip
    return services.show(fun_day_id=day.pk, words="A teapot.", by=cast.agent.actor, at=NOW)


def shared(post: FunPost, cast: Cast, **more: Any) -> FunPhoto:
    fields: dict[str, Any] = {"photo": Photo(b"picture", 4, 3), "alt": "A teapot on a head", "agreed": True}
    return services.share_photo(fun_post_id=post.pk, **(fields | more), by=cast.agent.actor, at=NOW)


def sees(cast: Cast, who: Person, found: FunPhoto) -> int:
    return int(cast.client(who).get(reverse("recognition:fun_photo", args=[found.pk])).status_code)


def told(who: Person, kind: str) -> int:
    return Notice.objects.filter(to_user=who.user.pk, kind=kind).count()


def sent(cast: Cast, post: FunPost, data: bytes, **more: str) -> Any:
    fields = {"alt": "A teapot on a head", "agreed": "on"} | more
    file = SimpleUploadedFile("hat.jpg", data, content_type="image/jpeg")
    address = reverse("recognition:add_fun_photo", args=[post.pk])
    return cast.client(cast.agent).post(address, {**fields, "photo": file})


def test_a_photo_goes_in_by_the_page_and_is_seen_by_the_site(cast: Cast, post: FunPost, time_machine: Any) -> None:
    """Cleaned of where it was taken, with the words for who cannot see it; nobody of another site sees it."""
    time_machine.move_to(NOW)
    assert sent(cast, post, pictures.with_place()).status_code == 302
    found = FunPhoto.objects.get()
    assert pictures.SECRET not in bytes(found.jpeg) and (found.width, found.height) == (48, 64)
    page = cast.client(cast.colleague).get(reverse("recognition:fun_day", args=[post.fun_day_id])).content.decode()
    assert 'alt="A teapot on a head"' in page and "Take me off" in page
    answer = cast.client(cast.colleague).get(reverse("recognition:fun_photo", args=[found.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert wrong_headers(answer, "the photo") == []
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store"
    assert sees(cast, cast.stranger, found) == 404


@pytest.mark.parametrize("data", [*pictures.DISGUISED.values(), pictures.huge_claim(), pictures.cut_off()])
def test_what_is_no_photo_is_refused_on_the_page(
    cast: Cast, post: FunPost, data: bytes, time_machine: Any
) -> None:
    """With a sentence about photos; nothing is kept."""
    time_machine.move_to(NOW)
    answer = sent(cast, post, data)
    assert answer.status_code == 422 and not FunPhoto.objects.exists()
    assert "as CSV" not in answer.content.decode()


def test_nobody_is_shown_who_did_not_agree_and_words_are_asked_for(
    cast: Cast, post: FunPost, time_machine: Any
) -> None:
    """By the page and by programs."""
    time_machine.move_to(NOW)
    assert sent(cast, post, pictures.photo(), agreed="").status_code == 422
    assert sent(cast, post, pictures.photo(), alt=" ").status_code == 422
    with pytest.raises(services.PhotoNeedsConsent):
        shared(post, cast, agreed=False)
    with pytest.raises(services.PhotoNeedsWords):
        shared(post, cast, alt=" ")
    with pytest.raises(NotFound):
        services.share_photo(
            fun_post_id=post.pk, photo=Photo(b"picture", 4, 3), alt="A hat", agreed=True,
            by=cast.colleague.actor, at=NOW,
        )  # fmt: skip
    shared(post, cast)
    with pytest.raises(services.PhotoAlready):
        shared(post, cast)


def test_take_me_off_hides_at_once_and_names_nobody(cast: Cast, post: FunPost) -> None:
    """One press without a reason; its author sees that somebody asked, who leads looks, the rest see nothing."""
    found = shared(post, cast)
    address = reverse("recognition:take_me_off", args=[found.pk])
    assert cast.client(cast.colleague).post(address).status_code == 302
    seen = {who: sees(cast, getattr(cast, who), found) for who in ("colleague", "agent", "supervisor", "manager")}
    assert seen == {"colleague": 404, "agent": 200, "supervisor": 200, "manager": 200}
    assert told(cast.supervisor, services.LOOK_KIND) == 1 and told(cast.agent, services.LOOK_KIND) == 0
    page = cast.client(cast.agent).get(reverse("recognition:fun_day", args=[post.fun_day_id])).content.decode()
    assert "Somebody wants to be taken off your photo" in page and cast.colleague.user.name not in page
    entry = Entry.objects.get(verb="recognition.hide_photo")
    assert cast.colleague.user.name not in f"{entry.actor_name} {entry.facts}"
    assert entry.actor_user != cast.colleague.user.pk


def test_who_leads_shows_it_again_or_takes_it_away_and_each_is_told(cast: Cast, post: FunPost) -> None:
    """With reasons; the picture itself is gone when it was taken away."""
    found = shared(post, cast)
    ref = ("recognition.fun_photo", found.pk)
    services.take_me_off(fun_photo_id=found.pk, by=cast.colleague.actor, at=NOW)
    services.show_photo_again(fun_photo_id=found.pk, why="You are not on it.", by=cast.supervisor.actor, at=NOW)
    assert sees(cast, cast.colleague, found) == 200
    assert "You are not on it." in str(queries.photo_asked_in_words(cast.colleague.actor, ref))
    assert queries.photo_asked_in_words(cast.agent.actor, ref) is None
    later = NOW + timedelta(minutes=5)
    services.take_me_off(fun_photo_id=found.pk, by=cast.colleague.actor, at=later)
    with pytest.raises(services.PointsWithoutWhy):
        services.take_photo_away(fun_photo_id=found.pk, by=cast.supervisor.actor, at=later)
    services.take_photo_away(fun_photo_id=found.pk, why="She is on it.", by=cast.supervisor.actor, at=later)
    found.refresh_from_db()
    assert bytes(found.jpeg) == b"" and sees(cast, cast.agent, found) == 404
    assert (told(cast.colleague, services.PHOTO_ASKED_KIND), told(cast.agent, services.PHOTO_KIND)) == (2, 1)
    assert "She is on it." in str(queries.photo_in_words(cast.agent.actor, ref))
    assert "is gone" in str(queries.photo_asked_in_words(cast.colleague.actor, ref))
    assert "has been looked at" in str(queries.photo_to_look_at_in_words(cast.supervisor.actor, ref))


def test_only_who_keeps_the_calendar_decides(cast: Cast, post: FunPost) -> None:
    """Not its author, not a colleague; one's own is taken away without a word."""
    found = shared(post, cast)
    with pytest.raises(services.YourOwnPhoto):
        services.take_me_off(fun_photo_id=found.pk, by=cast.agent.actor, at=NOW)
    services.take_me_off(fun_photo_id=found.pk, by=cast.colleague.actor, at=NOW)
    again = reverse("recognition:show_photo_again", args=[found.pk])
    for who in (cast.agent, cast.colleague):
        assert cast.client(who).post(again, {"why": "x"}).status_code == 404
    services.take_photo_away(fun_photo_id=found.pk, by=cast.agent.actor, at=NOW)
    assert told(cast.agent, services.PHOTO_KIND) == 0
    assert shared(post, cast).pk != found.pk


def test_the_photo_goes_with_the_words_and_after_a_year(cast: Cast, post: FunPost) -> None:
    """Nothing of it is kept for longer than it is needed."""
    found = shared(post, cast)
    assert (services.let_photos_go(NOW + 365 * DAY), services.let_photos_go(NOW + 366 * DAY)) == (0, 1)
    found = shared(post, cast)
    services.take_away(fun_post_id=post.pk, by=cast.agent.actor, at=NOW)
    found.refresh_from_db()
    assert bytes(found.jpeg) == b"" and found.removed_at is not None


def test_programs_share_read_and_hide_photos(cast: Cast, post: FunPost, time_machine: Any) -> None:
    """The same as the pages; the list does not carry the pictures."""
    time_machine.move_to(NOW)
    file = SimpleUploadedFile("hat.jpg", pictures.with_place())
    root = "/api/v1/fun"
    made = cast.client(cast.agent).post(
        f"{root}/shown/{post.pk}/photo", {"file": file, "alt": "A teapot", "agreed": "true"}
    )
    assert made.status_code == 201 and made.json()["hidden"] is False
    listed = cast.client(cast.colleague).get(f"{root}/photos").json()["items"]
    assert [set(each) for each in listed] == [{"id", "fun_post_id", "alt", "width", "height", "hidden"}]
    one = f"{root}/photos/{listed[0]['id']}"
    assert cast.client(cast.colleague).get(one).json()["jpeg"].startswith("/9j/")
    assert cast.client(cast.colleague).post(f"{one}/take-me-off").status_code == 204
    assert cast.client(cast.colleague).get(one).status_code == 404
    assert cast.client(cast.supervisor).delete(f"{one}?why=No").status_code == 204
