"""The ten minutes for an own evaluation: owed by who can place them, placed, taken, missed, handed on."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.services import tell_presence
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.services import lapse
from floorwalker.apps.quality import services
from floorwalker.kernel.periods import Period
from tests.apps.quality.cases import DAY, drawn, evaluated, own_view
from tests.people import NOW, Cast


def published(cast: Cast, days: int = 1) -> Period:
    """A shift of the agent's from nine to five, so many days on."""
    assert cast.agent.agent is not None
    start = NOW.replace(hour=9) + days * DAY
    shift = Period(start, start + timedelta(hours=8))
    agent = cast.agent.agent.pk
    tell_presence(agents=[agent], between=Period(NOW - DAY, NOW + 9 * DAY), windows=[(agent, 1, shift)])
    return shift


def test_they_are_owed_by_who_leads_and_settled_with_the_own_view(cast: Cast) -> None:
    """An analyst could not place them, so it is no promise of an analyst's."""
    review = drawn(cast)
    session = Session.objects.get()
    assert (session.minutes, session.kind, session.state) == (10, "review", "owed")
    assert session.owner == cast.supervisor.user
    own_view(cast, review)
    session.refresh_from_db()
    assert session.state == "delivered"
    evaluated(cast, review)
    assert set(Promise.objects.values_list("kind", "owner", "state")) == {
        ("offphone.owed", cast.supervisor.user.pk, "kept"),
        ("quality.review", cast.quality_analyst.user.pk, "kept"),
    }


def test_they_have_a_time_where_the_shifts_are_published(cast: Cast) -> None:
    """At once, within the agent's days for it; done before that time, they count as taken then."""
    shift = published(cast)
    review = drawn(cast)
    session = Session.objects.get()
    assert session.state == "placed"
    assert shift.start <= session.period.lower and session.period.upper <= shift.end
    own_view(cast, review, at=NOW + timedelta(hours=1))
    session.refresh_from_db()
    assert (session.state, session.period.upper) == ("delivered", NOW + timedelta(hours=1))


def test_they_get_a_time_when_shifts_are_published_later(cast: Cast) -> None:
    """Within the hour; never beyond the days the agent has."""
    review = drawn(cast)
    assert review.self_due is not None
    published(cast, days=8)
    assert services.see_to_minutes(NOW) == 0
    published(cast, days=2)
    assert services.see_to_minutes(NOW) == 1
    assert Session.objects.get().period.upper <= review.self_due


def test_what_was_missed_is_owed_by_nobody_and_breaks_no_promise(cast: Cast) -> None:
    """Shown without an own view, or still to be evaluated when its days pass: the minutes fall away, with why."""
    published(cast)
    review = evaluated(cast, drawn(cast))
    assert review.self_due is not None
    services.release_due(review.self_due)
    assert list(Session.objects.values_list("state", "answer")) == [
        ("fell_away", "the days for your own evaluation have passed")
    ]
    other = drawn(cast, cast.colleague, key="K2")
    assert other.self_due is not None
    assert services.see_to_minutes(other.self_due - timedelta(minutes=1)) == 0
    assert services.see_to_minutes(other.self_due) == 1
    lapse(NOW + 60 * DAY)
    assert set(Promise.objects.filter(kind="offphone.owed").values_list("state", flat=True)) == {"withdrawn"}


def test_they_go_on_with_who_leads_now(cast: Cast) -> None:
    """Whoever takes the review over owes no minutes; whoever leads the agent from now on does."""
    review = drawn(cast, at=timezone.now())
    cast.client(cast.supervisor).post(f"/quality/reviews/{review.pk}/take-over/", {"version": 1})
    held = RoleHeld.objects.filter(user=cast.supervisor.user, role="supervisor")
    held.update(user=cast.other_supervisor.user)
    assert services.see_to_minutes(timezone.now()) == 1
    open_now = Promise.objects.filter(state="open").order_by("kind").values_list("kind", "owner")
    assert list(open_now) == [
        ("offphone.owed", cast.other_supervisor.user.pk),
        ("quality.review", cast.supervisor.user.pk),
    ]


def test_where_nobody_leads_nobody_promises_what_they_cannot_keep(cast: Cast) -> None:
    """The agent is asked all the same."""
    RoleHeld.objects.filter(role__in=["supervisor", "planner"]).delete()
    assert drawn(cast).self_due is not None
    assert not Session.objects.exists()
