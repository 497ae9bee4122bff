"""Gauss-Legendre quadrature without NumPy."""

from __future__ import annotations

from math import cos, pi


def gauss_legendre(order: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Nodes and weights on [-1, 1], exact for polynomials of degree below 2 × ``order``.

    Newton's method on the Legendre polynomial from Chebyshev's guess;
    Press et al., *Numerical Recipes*, §4.6.
    """
    nodes: list[float] = []
    weights: list[float] = []
    for k in range(order):
        x = -cos(pi * (k + 0.75) / (order + 0.5))
        for _ in range(6):  # doubles the correct digits each time; four would do
            below, value = 1.0, x
            for degree in range(2, order + 1):
                below, value = value, ((2 * degree - 1) * x * value - (degree - 1) * below) / degree
            slope = order * (below - x * value) / (1 - x * x)
            x -= value / slope
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * slope * slope))
    return tuple(nodes), tuple(weights)
