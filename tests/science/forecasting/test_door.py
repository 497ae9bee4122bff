"""The room's door: every name is there, and none costs more than it must."""

from __future__ import annotations

import subprocess
import sys

import pytest

from floorwalker.science import forecasting


def test_every_name_is_behind_the_door() -> None:
    """Each public name is the thing itself, not a module that happens to bear its name."""
    for name in forecasting.__all__:
        found = getattr(forecasting, name)
        assert callable(found) or name in {"ChangeKind", "Scenario"}, name
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = forecasting.no_such_name


def test_types_are_light() -> None:
    """Who needs the types, or chooses a method, waits neither for scikit-learn nor for SciPy to import."""
    lines = (
        "import sys",
        "from floorwalker.science.forecasting import Calendar, Demand, Forecast, backtest, choose, reforecast",
        "heavy = {'scipy', 'sklearn', 'pandas'} & set(sys.modules)",
        "print(callable(backtest), callable(reforecast), *sorted(heavy))",
    )
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True"]
