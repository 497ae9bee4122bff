"""The tables themselves, which web pages import."""

import subprocess
import sys

from floorwalker.contacts.tables import TABLES


def test_keys_are_columns_that_are_always_known():
    """A row cannot be identified by what may be unknown."""
    for table in TABLES.values():
        always = {column.name for column in table.columns if not column.optional}
        assert set(table.key) <= always


def test_importing_the_tables_imports_nothing_heavy():
    """Pages read the names of columns without paying for pandas, NumPy or DuckDB."""
    script = "import sys, floorwalker.contacts.tables; print(*{'pandas', 'numpy', 'duckdb'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.strip() == ""
