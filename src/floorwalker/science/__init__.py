"""The scientific library: plain Python, NumPy, Numba and OR-Tools; no framework, no files, no clock."""
