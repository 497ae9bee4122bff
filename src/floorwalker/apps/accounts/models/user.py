"""People who sign in, and the roles they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.roles import Role, Scope


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> User:
        """A person who may sign in; without a password only by link, passkey or the company's sign-on."""
        user = self.model(email=email.strip().lower(), name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who logs in. Whoever they are at work is told by the roles they hold and by `people`."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(
        _("look"),
        max_length=5,
        default="auto",
        choices=[("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    service_account = models.BooleanField(default=False, help_text=_("Acts by token only; cannot sign in."))
    # Raised whenever every open session must end: rights lost, password changed, disabled. Tokens need no number:
    # they never do more than their owner may at the moment.
    session_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="accounts_user_email_lower", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name


class RoleHeld(models.Model):
    """A role a user holds, and where. Values, not foreign keys: the scope's owner is a higher domain."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=Role.choices)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    scope_id = models.BigIntegerField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "scope_id"], name="accounts_role_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="accounts_role_scope_named",
                condition=Q(scope__in=["own", "all"], scope_id=None)
                | Q(scope__in=["team", "site", "client"], scope_id__isnull=False),
            ),
            models.CheckConstraint(name="accounts_agent_is_own", condition=~Q(role="agent") | Q(scope="own")),
        ]
