"""API tokens: made, used, revoked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.core.cache import caches
from django.db import transaction

from floorwalker.apps.accounts.models import ApiToken, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.queries import actor_of, the_user, visible_tokens
from floorwalker.apps.accounts.refusals import NotANetwork, TokenAsksTooMuch, TokenLivesTooLong
from floorwalker.apps.accounts.rules import LONGEST_TOKEN_LIFE, SEEN_EVERY
from floorwalker.apps.accounts.secrets import hash_of, new_token
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, permissions, require
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.scoping import pick

SHOWN_LETTERS = 11


@transaction.atomic
def make_token(
    *,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    networks: Collection[str],
    by: Actor,
    at: datetime,
    for_user_id: int | None = None,
) -> str:
    """The secret of a new token, told this once. Its owner is oneself, or a service account one looks after."""
    owner = _owner(by, for_user_id)
    if not at < expires_at <= at + LONGEST_TOKEN_LIFE:
        raise TokenLivesTooLong(days=LONGEST_TOKEN_LIFE // timedelta(days=1))
    rights = actor_of(owner)
    may = {permission.key for permission in permissions() if rights.may(permission)}
    too_much = sorted(set(scopes) - may)
    if too_much or not scopes:
        raise TokenAsksTooMuch(keys=", ".join(too_much) or "nothing")
    secret = new_token()
    token = ApiToken.objects.create(
        user=owner,
        name=name,
        secret_hash=hash_of(secret),
        begins_with=secret[:SHOWN_LETTERS],
        scopes=sorted(set(scopes)),
        networks=[_network(each) for each in networks],
        made_at=at,
        expires_at=expires_at,
    )
    audit.record(
        by=by,
        verb="accounts.token_made",
        about=("accounts.token", token.pk),
        person=owner.pk,
        facts={"why": name, "scopes": token.scopes, "networks": token.networks, "expires_at": expires_at},
        at=at,
    )
    return secret


def _owner(by: Actor, for_user_id: int | None) -> User:
    if by.kind != "user" or by.user_id is None:
        raise NotFound  # a token makes no tokens
    if for_user_id is None or for_user_id == by.user_id:
        return User.objects.prefetch_related("roles_held").get(pk=by.user_id)
    require(by, P.MANAGE_USERS)
    owner = the_user(by, for_user_id, P.MANAGE_USERS)
    if not owner.service_account:
        raise NotFound
    return owner


def _network(text: str) -> str:
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError:
        raise NotANetwork(network=text.strip()) from None


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> None:
    """Void a token at once: one's own, or anybody's for who runs the installation."""
    own = visible_tokens(by).filter(pk=token_id)
    token = own.first() or pick(visible_tokens(by, P.SEE_TOKENS), token_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(
            by=by, verb="accounts.token_revoked", about=("accounts.token", token.pk), person=token.user_id, at=at
        )


def token_reads(*, what: str, by: Actor, at: datetime) -> None:
    """Write down once a day that a program reads ``what``, and what its token is for.

    A program reads a list page by page, some all day long: a row for each call would bury the audit. Each process
    remembers for itself what it has written down.
    """
    if by.id is None or not caches["here"].add(f"token-reads-{by.id}-{what}-{at:%Y-%m-%d}", True, 24 * 3600):
        return
    token = ApiToken.objects.get(pk=by.id)
    about, facts = ("accounts.token", token.pk), {"what": what, "why": token.name}
    with transaction.atomic():
        audit.record(by=by, verb="accounts.token_reads", about=about, person=token.user_id, facts=facts, at=at)


def token_used(*, token_id: int, at: datetime) -> None:
    """Remember that a program called, once a minute at most."""
    ApiToken.objects.filter(pk=token_id).exclude(last_used_at__gt=at - SEEN_EVERY).update(last_used_at=at)
