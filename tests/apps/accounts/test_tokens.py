"""S-09: a token does what its scopes name and its owner still may, and nothing after its end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import ApiToken, User
from floorwalker.apps.accounts.queries import actor_of, actor_of_token
from floorwalker.apps.accounts.refusals import NotANetwork, TokenAsksTooMuch, TokenLivesTooLong
from floorwalker.apps.accounts.secrets import hash_of
from floorwalker.kernel.access import NOBODY, permissions
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from floorwalker.kernel.roles import Role
from tests.apps.accounts.cases import give_password, is_in, make_user
from tests.apps.accounts.sign_in import sign_in
from tests.apps.test_api_doors import Door, problem
from tests.people import Cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HERE = "192.0.2.7"
SCOPE = "accounts.see_users"


def token_of(
    user: User, *scopes: str, days: float = 30, networks: tuple[str, ...] = (), at: datetime = NOW
) -> str:
    return services.make_token(
        name="a program", scopes=scopes or (SCOPE,), expires_at=at + timedelta(days=days), networks=networks,
        by=actor_of(user), at=at,
    )  # fmt: skip


def test_a_token_is_kept_as_a_hash() -> None:
    """It begins with fw_, holds 256 random bits, and cannot be read back."""
    secret = token_of(make_user("root@example.org", Role.ADMINISTRATOR))
    kept = ApiToken.objects.get()
    assert secret.startswith("fw_")
    assert len(secret) == len("fw_") + 43
    assert kept.secret_hash == hash_of(secret)
    assert secret not in str(vars(kept))


def test_a_token_is_shown_once(client: Client) -> None:
    """On the page that makes it, and on no page after."""
    sign_in(client, make_user("root@example.org", Role.ADMINISTRATOR))
    page = client.post(
        reverse("accounts:new_token"), {"name": "p", "scopes": [SCOPE], "days": "30", "networks": ""}
    )
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.get(reverse("accounts:mine")).content.decode()
    assert actor_of_token(secret, HERE, timezone.now()).may(*[p for p in permissions() if p.key == SCOPE])


def test_a_token_may_no_more_than_its_scopes() -> None:
    """For every permission of the suite: yes for the one named, no for each other."""
    actor = actor_of_token(token_of(make_user("root@example.org", Role.ADMINISTRATOR)), HERE, NOW)
    assert actor.kind == "token"
    assert [each.key for each in permissions() if actor.may(each)] == [SCOPE]


@pytest.mark.parametrize("role", list(Role))
def test_a_token_asks_for_no_more_than_its_owner_may(role: Role) -> None:
    """For each role, every permission: given where the owner has it, refused where not."""
    user = make_user("ada@example.org", role)
    may = {each.key for each in permissions() if actor_of(user).may(each)}
    for each in permissions():
        if each.key in may:
            token_of(user, each.key)
        else:
            with pytest.raises(TokenAsksTooMuch):
                token_of(user, each.key)


def test_a_token_loses_what_its_owner_loses() -> None:
    """The role taken, the token that named it may nothing."""
    user = make_user("max@example.org", Role.AUDITOR)
    secret = token_of(user)
    assert [each.key for each in permissions() if actor_of_token(secret, HERE, NOW).may(each)] == [SCOPE]
    user.roles_held.all().delete()
    assert [each.key for each in permissions() if actor_of_token(secret, HERE, NOW).may(each)] == []


@pytest.mark.parametrize(
    "end", ["expired", "revoked", "owner shut out", "unknown", "changed", "elsewhere", "no address"]
)
def test_a_token_that_is_over_is_nobody(end: str) -> None:
    user = make_user("root@example.org", Role.ADMINISTRATOR)
    narrow = end in ("elsewhere", "no address")
    secret = token_of(user, networks=("192.0.2.0/24", "2001:db8::/32") if narrow else ())
    assert actor_of_token(secret, HERE, NOW) is not NOBODY
    at, address = NOW, HERE
    if end == "expired":
        at = NOW + timedelta(days=30)
    elif end == "revoked":
        services.revoke_token(token_id=ApiToken.objects.get().pk, by=actor_of(user), at=NOW)
    elif end == "owner shut out":
        User.objects.update(is_active=False)
    elif end == "unknown":
        secret = "fw_" + "x" * 43
    elif end == "changed":
        secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    else:
        address = "198.51.100.1" if end == "elsewhere" else ""
    assert actor_of_token(secret, address, at) is NOBODY


@pytest.mark.parametrize("days", [-1, 0, 365.1, 4000])
def test_a_token_ends_within_a_year(days: float) -> None:
    with pytest.raises(TokenLivesTooLong):
        token_of(make_user("root@example.org", Role.ADMINISTRATOR), days=days)


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(NotANetwork):
        token_of(make_user("root@example.org", Role.ADMINISTRATOR), networks=("the office",))


def test_a_token_makes_no_tokens() -> None:
    """Or one that leaked would never end."""
    user = make_user("root@example.org", Role.ADMINISTRATOR)
    actor = actor_of_token(token_of(user), HERE, NOW)
    with pytest.raises(NotFound):
        services.make_token(
            name="x", scopes=[SCOPE], expires_at=NOW + timedelta(days=1), networks=[], by=actor, at=NOW
        )


def test_tokens_of_others() -> None:
    """Nobody revokes them but the administrator; the owner revokes their own."""
    admin, ada = make_user("root@example.org", Role.ADMINISTRATOR), make_user("ada@example.org")
    token_of(ada, "accounts.see_my_account")
    token_id = ApiToken.objects.get().pk
    bob = make_user("bob@example.org", Role.MANAGER)
    with pytest.raises(NotFound):
        services.revoke_token(token_id=token_id, by=actor_of(bob), at=NOW)
    services.revoke_token(token_id=token_id, by=actor_of(admin), at=NOW)
    assert ApiToken.objects.get().revoked_at == NOW


def test_a_program_cannot_sign_in(client: Client) -> None:
    """Not with the right password, not by link: an account for a program has no way in."""
    user = make_user("robot@example.org", Role.PLANNER)
    User.objects.filter(pk=user.pk).update(service_account=True)
    give_password(client, "robot@example.org")
    assert not is_in(client)
    assert services.console_link(email="robot@example.org", at=NOW) is None


def test_a_program_gets_its_token_from_the_administrator(client: Client) -> None:
    """With the rights of the program's account, not the administrator's; for a person's account there is none."""
    admin = make_user("root@example.org", Role.ADMINISTRATOR)
    sign_in(client, admin)
    made = client.post(reverse("accounts:new_service_account"), {"name": "Robot", "email": "robot@example.org"})
    robot = User.objects.get(email="robot@example.org")
    assert made.headers["Location"] == reverse("accounts:user", args=[robot.pk])
    client.post(reverse("accounts:give_role", args=[robot.pk]), {"held": "auditor@all"})
    path = reverse("accounts:token_for_program", args=[robot.pk])
    asked = {"name": "feed", "days": "10", "networks": ""}
    assert client.post(path, asked | {"scopes": ["accounts.manage_users"]}).status_code == 422
    page = client.post(path, asked | {"scopes": [SCOPE]})
    assert actor_of_token(page.context["secret"], HERE, timezone.now()).user_id == robot.pk
    person = make_user("ada@example.org")
    assert client.get(reverse("accounts:token_for_program", args=[person.pk])).status_code == 404


def test_use_is_remembered_by_the_minute() -> None:
    token_of(make_user("root@example.org", Role.ADMINISTRATOR))
    token = ApiToken.objects.get()
    for later in (0, 30, 61):
        services.token_used(token_id=token.pk, at=NOW + timedelta(seconds=later))
    token.refresh_from_db()
    assert token.last_used_at == NOW + timedelta(seconds=61)


def test_the_api_takes_a_token_and_pages_do_not() -> None:
    """In a header of each call; a wrong one is refused beside a good cookie too, and too many must wait."""
    user = make_user("plan@example.org", Role.PLANNER)
    own = {each.key for each in permissions() if actor_of(user).may(each)}
    good = {"Authorization": f"Bearer {token_of(user, *own)}"}
    assert Client().get("/api/v1/agents", headers=good).status_code == 200
    assert Client().get("/users/", headers=good).status_code == 302
    browser = sign_in(Client(), user)
    assert browser.get("/api/v1/agents").status_code == 200
    wrong = {"Authorization": "Bearer fw_" + "x" * 43}
    answers = [browser.get("/api/v1/agents", headers=wrong) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429]
    assert answers[-1].json()["code"] == "too_many_requests"
    assert ApiToken.objects.get().last_used_at is not None


def test_what_a_program_reads_is_in_the_audit_with_what_its_token_is_for() -> None:
    """Once a day for each list, however many pages it turns; what it may not read is no reading."""
    user = make_user("plan@example.org", Role.PLANNER)
    own = {each.key for each in permissions() if actor_of(user).may(each)}
    good = {"Authorization": f"Bearer {token_of(user, *own)}"}
    for path in ("/api/v1/agents", "/api/v1/agents?limit=1", "/api/v1/queues", "/api/v1/users"):
        Client().get(path, headers=good)
    rows = Entry.objects.filter(verb="accounts.token_reads").order_by("facts__what")
    assert [row.facts for row in rows] == [
        {"what": "api/v1/agents", "why": "a program"},
        {"what": "api/v1/queues", "why": "a program"},
    ]
    assert {(row.actor_kind, row.about_kind, row.person) for row in rows} == {("token", "accounts.token", user.pk)}


def test_ones_own_sessions_and_tokens_are_seen_and_ended_by_programs(cast: Cast) -> None:
    """A device is signed out, a token voided; somebody else's are as if they were not."""
    here, there = Door(cast, cast.supervisor), Door(cast, cast.planner)
    mine = here.get("/my-account/sessions").json()["items"]
    assert len(mine) == 1
    strange = there.get("/my-account/sessions").json()["items"][0]["id"]
    assert problem(here.send("post", f"/my-account/sessions/{strange}/close"))[0] == 404
    token = services.make_token(
        name="mine",
        scopes=["accounts.see_my_account"],
        expires_at=timezone.now() + timedelta(days=1),
        networks=[],
        by=cast.supervisor.actor,
        at=timezone.now(),
    )
    listed = here.get("/my-account/tokens").json()["items"]
    assert [each["name"] for each in listed] == ["mine"] and token not in str(listed)
    assert problem(there.send("post", f"/my-account/tokens/{listed[0]['id']}/revoke"))[0] == 404
    assert here.send("post", f"/my-account/tokens/{listed[0]['id']}/revoke").status_code == 204
    assert here.get("/my-account/tokens").json()["items"][0]["revoked_at"]
    assert here.send("post", f"/my-account/sessions/{mine[0]['id']}/close").status_code == 204
    assert here.get("/my-account/sessions").status_code == 401
