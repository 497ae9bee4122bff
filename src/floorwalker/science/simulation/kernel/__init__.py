"""The event loop, compiled by Numba: plain functions over records. Read ``layout`` first, then ``loop``."""
