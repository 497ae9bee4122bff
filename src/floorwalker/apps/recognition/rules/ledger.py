"""What holds for points once they are booked."""

from __future__ import annotations

from datetime import timedelta

REVERSIBLE = timedelta(hours=24)  # a wrong award is taken back within it, or stays
