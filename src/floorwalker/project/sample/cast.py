"""The people of a sample who log in: at least one of every role, with a way in that is printed on the console."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import User
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role, Scope

DOMAIN = "sample.example"

# Who is there before anything else: name, role. They see everything their role may see.
HARBOUR = (
    ("Mara Quinn", Role.MANAGER),
    ("Pia Lindholm", Role.PLANNER),
    ("Quentin Abara", Role.QUALITY_ANALYST),
    ("Tomas Reyes", Role.TRAINER),
    ("Rosa Fiori", Role.RECRUITER),
    ("Hana Sato", Role.HR),
    ("Adam Novak", Role.ADMINISTRATOR),
    ("Uta Brandt", Role.AUDITOR),
)
# A small centre: one person is all of them.
CORNER = ("Dara Keane", (Role.ADMINISTRATOR, Role.MANAGER, Role.PLANNER, Role.SUPERVISOR, Role.QUALITY_ANALYST))


@dataclass(frozen=True)
class WayIn:
    """A person and the link that signs them in once."""

    name: str
    role: str
    link: str


def email_of(name: str) -> str:
    return f"{'.'.join(name.lower().split())}@{DOMAIN}"


def first_names(sample: str) -> list[str]:
    return [CORNER[0]] if sample == "corner" else [name for name, _role in HARBOUR]


def first_people(sample: str, at: datetime) -> list[User]:
    """Those who are there from the first second."""
    if sample == "corner":
        name, roles = CORNER
        return [person(name, [(role, Scope.ALL, None) for role in roles], "Europe/Dublin", at)]
    return [person(name, [(role, Scope.ALL, None)], "Europe/Lisbon", at) for name, role in HARBOUR]


def later_people(sample: str, of_each: int = 2) -> list[User]:
    """A few of each role that came in with the centre: supervisors, clients, agents."""
    first = [email_of(name) for name in first_names(sample)]
    found: dict[str, list[User]] = {Role.SUPERVISOR: [], Role.CLIENT_VIEWER: [], Role.AGENT: []}
    for user in User.objects.exclude(email__in=first).prefetch_related("roles_held").order_by("pk"):
        for held in user.roles_held.all()[:1]:
            found.get(held.role, []).append(user)
    return [user for users in found.values() for user in users[:of_each]]


def person(
    name: str, roles: list[tuple[Role, Scope, int | None]], zone: str, at: datetime, email: str = ""
) -> User:
    """A user with roles, made once. Nobody is written to: the letters of a sample would go nowhere."""
    address = email or email_of(name)
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, name, zone=zone)
    held = {(each.role, each.scope, each.scope_id) for each in user.roles_held.all()}
    for role, scope, scope_id in roles:
        if (role, scope, scope_id) not in held:
            services.hold(user=user, role=role, scope=scope, scope_id=scope_id, by=SYSTEM, at=at)
    return user


def ways_in(users: list[User], at: datetime) -> Iterator[WayIn]:
    """A one-time link for each; an earlier one is void."""
    for user in users:
        secret = services.console_link(email=user.email, at=at)
        roles = ", ".join(str(Role(held.role).label) for held in user.roles_held.all())
        if secret:
            yield WayIn(user.name, roles, services.address_of_link(secret))
