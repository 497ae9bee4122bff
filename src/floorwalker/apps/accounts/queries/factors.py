"""Who still lacks what their roles ask for."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.queries.asking import needs_second_factor
from floorwalker.apps.accounts.queries.sight import visible_users
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role


def without_second_factor(actor: Actor) -> QuerySet[User]:
    """People who must show a second factor and have none of their own; the company’s sign-on counts as one."""
    asked = [role for role in Role if needs_second_factor(role)]
    real = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values("user")
    rows = visible_users(actor, P.MANAGE_USERS).filter(is_active=True, service_account=False)
    rows = rows.filter(pk__in=RoleHeld.objects.filter(role__in=asked).values("user"))
    return rows.exclude(pk__in=real).exclude(pk__in=SocialAccount.objects.values("user"))
