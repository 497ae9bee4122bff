"""The first page of everybody: what is next for them, composed from what the rooms know; start, search."""
