"""Reference data in eight lines: list with search, order, pages, CSV; add, change, archive, restore; and the API.

::

    SITES = Directory(
        model=Site, key="sites", title=_("Sites"), one=_("site"), fields=("name", "zone", "country"),
        visible=queries.visible_sites, see=P.SEE_ORGANISATION, keep=P.KEEP_ORGANISATION,
        checks={"zone": rules.known_zone}, whole_house=True,
    )
    urlpatterns += pages(SITES)          # urls.py
    declare_operations(router, SITES)    # api.py

The model has a `name` and `archived`; nothing is ever deleted, because what was refers to it.
"""

from floorwalker.kernel.directory.declaration import Directory, More
from floorwalker.kernel.directory.operations import declare_operations
from floorwalker.kernel.directory.pages import pages
from floorwalker.kernel.directory.verbs import NameTaken, archive, keep, restore

__all__ = ["Directory", "More", "NameTaken", "archive", "declare_operations", "keep", "pages", "restore"]
