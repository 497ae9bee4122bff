"""Arithmetic of demand in plain values: no Django, no clock, no database."""
