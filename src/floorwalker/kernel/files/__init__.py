"""Files of strangers: taken in under limits, read in a limited child process, written so that no cell runs.

Nothing is imported here: the child process imports single modules and must stay small and free of Django.
"""
