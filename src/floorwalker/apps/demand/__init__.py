"""Queues, contact history, forecasts of ours and of clients, and how good each of them has been."""
