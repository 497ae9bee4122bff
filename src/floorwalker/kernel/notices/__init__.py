"""Notices: `notify(to=…, kind=…, ref=…, once=…)` in the transaction that has the news.

The list in the suite and the e-mail say the same thing, made for the reader at reading time by the kind's own
words, so a notice never tells what the page would not show.
"""

from floorwalker.kernel.notices.gathered import News, Part, gather
from floorwalker.kernel.notices.kinds import Kind, kind
from floorwalker.kernel.notices.readers import Reader, quiet_by, read_by
from floorwalker.kernel.notices.telling import notify, notify_many

__all__ = ["Kind", "News", "Part", "Reader", "gather", "kind", "notify", "notify_many", "quiet_by", "read_by"]
