"""Accounts: who signs in, where they are signed in, what programs of theirs hold."""

from __future__ import annotations

from datetime import timedelta

from floorwalker.apps.accounts.models import ApiToken, EmailWish, OneTimeLink, OpenSession, RoleHeld, User
from tests.factories import Where
from tests.people import NOW, World


def make_user(world: World, where: Where, marker: str) -> User:
    where.user.email = f"{marker}@example.org"
    where.user.save(update_fields=["email"])
    return where.user


def make_roleheld(world: World, where: Where, marker: str) -> RoleHeld:
    """The role they hold anyway: one more would change what they may."""
    held = where.user.roles_held.get()
    held.given_by = marker
    held.save(update_fields=["given_by"])
    return held


def make_opensession(world: World, where: Where, marker: str) -> OpenSession:
    return OpenSession.objects.create(
        user=where.user,
        version=1,
        how="password",
        strong=True,
        opened_at=NOW,
        seen_at=NOW,
        proved_at=NOW,
        device=marker,
    )


def make_apitoken(world: World, where: Where, marker: str) -> ApiToken:
    return ApiToken.objects.create(
        user=where.user,
        name=marker,
        secret_hash=marker,
        begins_with="fw_",
        scopes=[],
        made_at=NOW,
        expires_at=NOW + timedelta(days=300),
    )


def make_emailwish(world: World, where: Where, marker: str) -> EmailWish:
    return EmailWish.objects.create(user=where.user, email=f"{marker}@new.example", asked_at=NOW)


def make_onetimelink(world: World, where: Where, marker: str) -> OneTimeLink:
    return OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.RESET,
        user=where.user,
        secret_hash=marker,
        made_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
