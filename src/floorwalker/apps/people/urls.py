"""Addresses of the workforce."""

from __future__ import annotations

from floorwalker.apps.people import directories
from floorwalker.kernel.directory import pages

app_name = "people"
urlpatterns = [address for directory in directories.ALL for address in pages(directory)]
