"""Time off the phones: owed, asked for, placed where it costs the fewest callers, delivered or let go."""
