"""Student's t for pages: a web process holds no science."""

from __future__ import annotations

from statistics import NormalDist


def t_quantile(probability: float, freedom: int) -> float:
    """Student's t by the expansion of Abramowitz and Stegun (1964), 26.7.5; three digits from 4 degrees on."""
    x = NormalDist().inv_cdf(probability)
    first = (x**3 + x) / 4
    second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    fourth = (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160
    return x + first / freedom + second / freedom**2 + third / freedom**3 + fourth / freedom**4
