"""Tables of the kernel, one module per noun."""

from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.models.event import AnnouncedEvent, Delivery
from floorwalker.kernel.models.job import Job
from floorwalker.kernel.models.kept import Kept
from floorwalker.kernel.models.notice import Notice, NoticeWish

__all__ = ["AnnouncedEvent", "Delivery", "Entry", "Job", "Kept", "Notice", "NoticeWish"]
