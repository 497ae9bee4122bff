"""Who may give which role to whom: nobody raises themselves, and somebody can always give roles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import rules, scopes, services
from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.accounts.refusals import LastAdministrator, NoSuchScope, NotToOneself, RoleHeldAlready
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from floorwalker.kernel.roles import Role, Scope
from tests.apps.accounts.cases import make_user
from tests.apps.accounts.sign_in import sign_in
from tests.people import Cast

NOW = timezone.now()


@pytest.mark.parametrize(
    ("to_oneself", "others", "expected"),
    [
        (True, 1, rules.Separation.ONESELF),
        (True, 0, rules.Separation.ALLOWED),
        (False, 0, rules.Separation.ALLOWED),
        (False, 3, rules.Separation.ALLOWED),
    ],
)
def test_the_rule_of_giving(to_oneself: bool, others: int, expected: rules.Separation) -> None:
    assert rules.may_give(to_oneself=to_oneself, other_administrators=others) is expected


def give(by: User, to: User, role: Role, scope: Scope = Scope.ALL, scope_id: int | None = None) -> RoleHeld:
    return services.give_role(user_id=to.pk, role=role, scope=scope, scope_id=scope_id, by=actor_of(by), at=NOW)


@pytest.mark.django_db
def test_the_only_administrator_may_be_everything() -> None:
    """The small centre of one manager; with a second administrator that ends."""
    root = make_user("root@example.org", Role.ADMINISTRATOR)
    give(root, root, Role.PLANNER)
    give(root, make_user("two@example.org", None), Role.ADMINISTRATOR)
    with pytest.raises(NotToOneself):
        give(root, User.objects.get(pk=root.pk), Role.HR)


@pytest.mark.django_db
def test_the_last_administrator_stays() -> None:
    """Neither the role is taken nor the person shut out; somebody shut out does not count as another."""
    root, out = make_user("root@example.org", Role.ADMINISTRATOR), make_user("out@example.org", Role.ADMINISTRATOR)
    User.objects.filter(pk=out.pk).update(is_active=False)
    held = root.roles_held.get()
    with pytest.raises(LastAdministrator):
        services.take_role(role_held_id=held.pk, by=actor_of(root), at=NOW)
    with pytest.raises(LastAdministrator):
        services.disable(user_id=root.pk, by=actor_of(root), at=NOW)
    User.objects.filter(pk=out.pk).update(is_active=True)
    services.take_role(role_held_id=held.pk, by=actor_of(root), at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_give_roles(role: Role, client: Client) -> None:
    """For everybody else neither the verb nor the page exists."""
    user, target = make_user("ada@example.org", role), make_user("bob@example.org", None)
    with pytest.raises(NotFound):
        give(user, target, Role.AGENT, Scope.OWN)
    sign_in(client, user)
    assert client.post(reverse("accounts:give_role", args=[target.pk]), {"held": "agent@own"}).status_code == 404


@pytest.mark.django_db
def test_a_role_is_held_once_in_a_place() -> None:
    root, ada = make_user("root@example.org", Role.ADMINISTRATOR), make_user("ada@example.org", None)
    give(root, ada, Role.PLANNER)
    with pytest.raises(RoleHeldAlready):
        give(root, ada, Role.PLANNER)


@pytest.mark.parametrize(
    ("role", "scope", "scope_id"),
    [
        (Role.AGENT, Scope.ALL, None),
        (Role.CLIENT_VIEWER, Scope.ALL, None),
        (Role.ADMINISTRATOR, Scope.TEAM, 1),
        (Role.SUPERVISOR, Scope.TEAM, None),
        (Role.SUPERVISOR, Scope.TEAM, 999_999),
        (Role.PLANNER, Scope.ALL, 3),
    ],
)
@pytest.mark.django_db
def test_a_place_that_does_not_fit_is_refused(role: Role, scope: Scope, scope_id: int | None) -> None:
    root, ada = make_user("root@example.org", Role.ADMINISTRATOR), make_user("ada@example.org", None)
    with pytest.raises(NoSuchScope):
        give(root, ada, role, scope, scope_id)


def test_places_are_told_by_who_owns_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team's name stands in the list and beside the role."""
    team = cast.world.north_one
    monkeypatch.setitem(scopes._names, Scope.TEAM, lambda: {team.pk: team.name})
    browser = cast.client(cast.administrator)
    page = browser.get(reverse("accounts:user", args=[cast.colleague.user.pk])).content.decode()
    assert f"supervisor@team:{team.pk}" in page
    answer = browser.post(
        reverse("accounts:give_role", args=[cast.colleague.user.pk]), {"held": f"supervisor@team:{team.pk}"}
    )
    assert answer.status_code == 302
    assert "team North One" in browser.get(reverse("accounts:users")).content.decode()


@pytest.mark.django_db
def test_what_was_done_stands_in_the_audit(client: Client) -> None:
    """Giving, taking, signing in, failing to, being denied: each with who and about whom."""
    root, ada = make_user("root@example.org", Role.ADMINISTRATOR), make_user("ada@example.org", None)
    held = give(root, ada, Role.PLANNER)
    services.take_role(role_held_id=held.pk, by=actor_of(root), at=NOW)
    client.post(reverse("account_login"), {"login": "ada@example.org", "password": "wrong"})
    sign_in(client, ada)
    client.get(reverse("accounts:users"))
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    for verb in (
        "accounts.role_given",
        "accounts.role_taken",
        "accounts.sessions_closed",
        "accounts.sign_in_refused",
        "accounts.signed_in",
        "access.denied",
    ):
        assert verb in verbs
    refused = Entry.objects.get(verb="accounts.sign_in_refused")
    assert refused.about_id == str(ada.pk)
    assert "wrong" not in str(refused.facts)
