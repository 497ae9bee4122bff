"""The log holds nothing that opens a door."""

from __future__ import annotations

import pytest
from django.test import Client

from floorwalker.apps.accounts import services
from tests.people import NOW


@pytest.mark.django_db
def test_a_link_that_still_opens_is_not_in_the_log(time_machine, caplog: pytest.LogCaptureFixture) -> None:
    """A form filled in wrongly is written down, without the secret in its address."""
    time_machine.move_to(NOW)
    secret = services.first_user_link(at=NOW)
    assert secret
    assert Client().post(f"/sign-in/link/{secret}/", {"name": ""}).status_code == 422
    assert "/sign-in/link/…/" in caplog.text
    assert secret not in caplog.text
