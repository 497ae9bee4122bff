"""A random walk through the suite by somebody whose roles change under way (S-10, TRUST §3).

At every step the answer must be what the table says of the roles held at that moment: a right that was taken is
gone with the next request, whatever was shown before.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from django.test import Client as Browser

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.routes import Route
from tests.apps.accounts.sign_in import sign_in
from tests.conformance import asking, matrix
from tests.people import NOW, Cast, Person

CHANGE_EVERY = 5  # one step in so many gives or takes a role


@dataclass
class Walk:
    """One walker, whose roles the administrator gives and takes."""

    cast: Cast
    planting: matrix.Planting
    routes: list[Route]
    walker: Person
    seed: int
    wrong: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.schema = asking.api_described()
        self.places = {where.key: where for where in matrix.positions(self.cast)}
        world = self.cast.world
        teams, sites, clients = (
            (Scope.TEAM, [world.north_one.pk, world.north_two.pk, world.south_one.pk]),
            (Scope.SITE, [world.north.pk, world.south.pk]),
            (Scope.CLIENT, [world.aurora.pk, world.borealis.pk]),
        )
        self.parts: list[tuple[Role, Scope, int | None]] = [
            (role, Scope.ALL, None)
            for role in (Role.MANAGER, Role.PLANNER, Role.HR, Role.AUDITOR, Role.RECRUITER, Role.ADMINISTRATOR)
        ]
        for role, (scope, ids) in (
            (Role.SUPERVISOR, teams), (Role.QUALITY_ANALYST, teams), (Role.PLANNER, sites),
            (Role.TRAINER, sites), (Role.CLIENT_VIEWER, clients),
        ):  # fmt: skip
            self.parts += [(role, scope, each) for each in ids]
        self.enter()

    def enter(self) -> None:
        self.browser = Browser(raise_request_exception=False)
        sign_in(self.browser, self.walker.user)

    def go(self, steps: int) -> None:
        for step in range(steps):
            if step % CHANGE_EVERY == 0:
                self.change()
            else:
                self.ask()

    def change(self) -> None:
        """Give a role, or take one; who loses one has to come in anew."""
        held = list(RoleHeld.objects.filter(user=self.walker.user).order_by("pk"))
        by = self.cast.administrator.actor
        if held and (len(held) > 2 or self.dice.random() < 0.5):
            services.take_role(role_held_id=self.dice.choice(held).pk, by=by, at=NOW)
            self.told["taken"] += 1
            if self.browser.get("/notices/").status_code != 302:
                self.wrong.append("a session outlived the role it was opened with")
            self.enter()
            return
        mine = {(each.role, each.scope, each.scope_id) for each in held}
        role, scope, place = self.dice.choice([each for each in self.parts if each not in mine])
        services.give_role(user_id=self.walker.user.pk, role=role, scope=scope, scope_id=place, by=by, at=NOW)
        self.told["given"] += 1

    def ask(self) -> None:
        """Any address, for any row; what it did is undone."""
        actor, route = self.walker.actor, self.dice.choice(self.routes)
        asks = list(asking.asks(route, self.planting, actor, self.schema, whole=True))
        if not asks:
            return
        one = self.dice.choice(asks)
        where = self.places.get(one.whose, self.places["agent"])
        self.told["hidden" if one.hidden else "shown"] += 1
        allowed = self.planting.allowed(actor)
        if problem := asking.wrong_with(self.browser, one, self.schema, self.planting, where, allowed):
            roles = ", ".join(
                f"{each.role} of {each.scope} {each.scope_id or ''}".strip()
                for each in RoleHeld.objects.filter(user=self.walker.user)
            )
            asked = f"{route.method} {one.path} ({one.whose})"
            self.wrong.append(f"seed {self.seed}, as {roles or 'nobody'}: {asked}: {problem}")
