"""Required staff per interval, and why."""
