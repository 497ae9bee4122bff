"""The hub at the door programs use: confirming, hiding, what stood before, calling in, reporting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.hub import services
from floorwalker.apps.hub.models import Mention, Post, PostEdit, PostReport, Receipt
from tests.apps.hub.test_announcements import announced
from tests.apps.hub.test_posts import told
from tests.apps.test_api_doors import Door, problem
from tests.people import NOW, Cast


def a_post(cast: Cast) -> Post:
    return services.post(kind="message", text="The printer is broken.", by=cast.agent.actor, at=NOW)


def test_a_program_confirms_for_its_reader_and_who_announced_counts(cast: Cast, work: Callable[..., None]) -> None:
    """Once, however often it is sent; counts for who announces alone; what is withdrawn is confirmed no more."""
    found = announced(cast, work, confirm_by=timezone.now().date() + timedelta(days=3))
    path, lead = f"/announcements/{found.pk}", Door(cast, cast.supervisor)
    assert lead.get(f"{path}/reading").json() == {"readers": 4, "read": 0, "confirmed": 0}
    for _twice in range(2):
        assert Door(cast, cast.agent).send("post", f"{path}/confirm").json()["id"] == found.pk
    assert lead.get(f"{path}/reading").json() == {"readers": 4, "read": 1, "confirmed": 1}
    assert Receipt.objects.get(user=cast.agent.user).confirmed_at is not None
    assert Door(cast, cast.agent).get(f"{path}/reading").status_code == 404
    assert Door(cast, cast.stranger).send("post", f"{path}/confirm").status_code == 404
    lead.send("post", f"{path}/withdraw", {"why": "The form changes again."})
    assert Door(cast, cast.colleague).send("post", f"{path}/confirm").status_code == 404
    assert Receipt.objects.exclude(confirmed_at=None).count() == 1


def test_what_asks_for_no_confirmation_takes_none(cast: Cast, work: Callable[..., None]) -> None:
    """Reading it is enough."""
    found = announced(cast, work)
    assert Door(cast, cast.agent).send("post", f"/announcements/{found.pk}/confirm").status_code == 404
    assert not Receipt.objects.exclude(confirmed_at=None).exists()


def test_a_program_hides_a_post_and_its_author_reads_why(cast: Cast) -> None:
    """Gone for colleagues at once; a reason is needed, once is enough, and a colleague hides nothing."""
    post = a_post(cast)
    path, lead = f"/posts/{post.pk}", Door(cast, cast.supervisor)
    assert Door(cast, cast.colleague).send("post", f"{path}/hide", {"why": "Dull."}).status_code == 404
    assert Door(cast, cast.other_supervisor).send("post", f"{path}/hide", {"why": "Dull."}).status_code == 404
    assert problem(lead.send("post", f"{path}/hide", {"why": "  "})) == (400, "malformed")
    assert lead.send("post", f"{path}/hide", {"why": "It names a customer."}).json()["hidden_at"]
    assert Door(cast, cast.colleague).get(path).status_code == 404
    assert Door(cast, cast.agent).get(path).json()["hidden_why"] == "It names a customer."
    assert told(cast.agent, "hub.hidden") == 1
    assert problem(lead.send("post", f"{path}/hide", {"why": "Again."})) == (409, "hub_hidden_or_not")


def test_what_a_post_said_before_stays_readable(cast: Cast) -> None:
    """The latest change first, for whoever may read the post; who is not the author changes nothing."""
    post = a_post(cast)
    path, author = f"/posts/{post.pk}", Door(cast, cast.agent)
    assert author.every(f"{path}/edits") == []
    for text in ("The printer on floor two is broken.", "It works again."):
        version = author.get(path).json()["version"]
        assert author.send("put", path, {"text": text, "version": version}).json()["text"] == text
    before = [each["text"] for each in Door(cast, cast.colleague).every(f"{path}/edits")]
    assert sorted(before) == ["The printer is broken.", "The printer on floor two is broken."]
    assert problem(author.send("put", path, {"text": "Late", "version": 1}))[0] == 409
    version = author.get(path).json()["version"]
    other = Door(cast, cast.colleague).send("put", path, {"text": "Mine", "version": version})
    assert (other.status_code, PostEdit.objects.count()) == (404, 2)
    assert Door(cast, cast.stranger).get(f"{path}/edits").status_code == 404


def test_a_program_calls_somebody_in_who_may_read_it(cast: Cast) -> None:
    """Told once, and named in the list; whoever cannot read the post cannot be called."""
    post = a_post(cast)
    path, author = f"/posts/{post.pk}/mentions", Door(cast, cast.agent)
    for _twice in range(2):
        answer = author.send("post", path, {"user_id": cast.colleague.user.pk})
        assert (answer.status_code, answer.json()["user_id"]) == (201, cast.colleague.user.pk)
    assert author.send("post", path, {"user_id": cast.stranger.user.pk}).status_code == 404
    assert [each["user_id"] for each in author.every(path)] == [cast.colleague.user.pk]
    assert told(cast.colleague, services.MENTIONED) == 1 and Mention.objects.count() == 1
    assert Door(cast, cast.stranger).get(path).status_code == 404


def test_a_program_reports_a_post_and_its_name_is_told_to_nobody(cast: Cast) -> None:
    """Reasons come back as they were sent; once a person, never one's own; the reporter reads the outcome."""
    post = a_post(cast)
    path, reader = f"/posts/{post.pk}/report", Door(cast, cast.colleague)
    assert reader.send("post", path, {"reason": "dull"}).status_code == 400
    made = reader.send("post", path, {"reason": "hurts"})
    assert (made.status_code, made.json()["reason"], made.json()["outcome"]) == (201, "hurts", "")
    assert problem(reader.send("post", path, {"reason": "wrong"})) == (409, "hub_reported_already")
    assert problem(Door(cast, cast.agent).send("post", path, {"reason": "wrong"})) == (409, "hub_own_post")
    (waiting,) = Door(cast, cast.supervisor).every("/hub/reports")
    assert (waiting["post_id"], waiting["n"], waiting["reasons"]) == (post.pk, 1, [{"reason": "hurts", "n": 1}])
    assert cast.colleague.user.name not in str(waiting) and "by_id" not in waiting
    Door(cast, cast.supervisor).send("post", f"/posts/{post.pk}/hide", {"why": "Be kind."})
    (mine,) = reader.every("/hub/reports/mine")
    assert (mine["outcome"], mine["title"]) == ("hidden", "")
    assert PostReport.objects.count() == 1
    assert Door(cast, cast.agent).every("/hub/reports/mine") == []
