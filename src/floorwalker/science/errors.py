"""Errors and warnings of the scientific library.

::

    ScienceError
    ├── InvalidInput    an argument cannot be right: the message says what, where and what to do
    ├── Infeasible      no answer satisfies what was asked
    ├── Unstable        the queue grows without limit under these numbers
    └── NotConverged    an iteration ended before its tolerance was reached
    ScienceWarning      the answer stands, but its reader should know something about it
"""


class ScienceError(Exception):
    """Base of every error the library raises on purpose."""


class InvalidInput(ScienceError, ValueError):
    """An argument cannot be right."""


class Infeasible(ScienceError):
    """No answer satisfies what was asked."""


class Unstable(ScienceError):
    """The queue grows without limit: more work arrives than the agents can ever handle."""


class NotConverged(ScienceError):
    """An iteration ended before it reached its tolerance."""


class ScienceWarning(UserWarning):
    """The answer stands, but its reader should know something about it."""
