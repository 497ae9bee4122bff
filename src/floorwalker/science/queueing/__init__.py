"""Erlang formulas and their inverses."""
