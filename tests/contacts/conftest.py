"""Small dirty files, written where a test can read them."""

import pytest

from floorwalker.contacts import read_history


@pytest.fixture
def write(tmp_path):
    """Writes text or bytes to a file and gives its path."""

    def write(content, name="history.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def read(write):
    """Reads text or bytes as the history in a file."""

    def read(content, mapping=None, zone=None, customer_salt=None, name="history.csv"):
        return read_history(write(content, name), mapping=mapping, zone=zone, customer_salt=customer_salt)

    return read
