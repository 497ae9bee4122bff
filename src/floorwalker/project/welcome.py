"""What the console says once the suite runs: where it is, and how the first people get in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from floorwalker.apps.accounts import services as accounts
from floorwalker.apps.accounts.models import User
from floorwalker.project.sample.cast import email_of, first_names, first_people, ways_in


def holds_other(sample: str) -> bool:
    """Whether somebody else than the people of this sample is here already."""
    expected = {email_of(name) for name in first_names(sample)}
    return User.objects.exists() and not User.objects.filter(email__in=expected).exists()


def lines(sample: str, address: str) -> Iterator[str]:
    """Sentences and one-time links. Each link signs one person in once; `floorwalker users link` makes another."""
    at = timezone.now()
    yield f"Floorwalker answers on {address} – Ctrl-C ends it."
    if sample == "none":
        secret = accounts.first_user_link(at=at)
        if secret:
            yield f"Nobody is here yet. Create the first user: {accounts.address_of_link(secret)}"
        return
    yield f"One-time links into the sample centre {sample}:"
    for way in ways_in(first_people(sample, at), at):
        yield f"  {way.role.split(', ')[0]:<16} {way.name:<28} {way.link}"
