"""A made-up centre brought into an empty suite the way its users would: people, history, plan, publication.

Everything goes through the rooms' own services. Each step looks whether it is done before it does anything, so
that a sample that was interrupted goes on where it stopped.
"""
