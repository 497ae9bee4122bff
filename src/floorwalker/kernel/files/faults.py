"""What is wrong with a file, as a code and values: plain Python, so that the child process can say it.

The sentence people read belongs to the refusal of the same code in ``refusals``.
"""

from __future__ import annotations

FactValue = str | int | float


class FileFault(Exception):
    """A file breaks a limit or cannot be read.

    ``code`` names a refusal, ``facts`` are the values of its sentence.
    """

    def __init__(self, code: str, **facts: FactValue) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code} {facts}" if facts else code)
