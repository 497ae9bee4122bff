"""What is said when there is no PostgreSQL to be had."""

from __future__ import annotations


class NoPostgres(Exception):
    """There is no server, and the message says why and what to do about it."""
