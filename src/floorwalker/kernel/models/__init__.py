"""Tables of the kernel, one module per noun."""

from floorwalker.kernel.models.notice import Notice, NoticeWish

__all__ = ["Notice", "NoticeWish"]
