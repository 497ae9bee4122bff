"""The domains of the suite, each a Django app; ARCHITECTURE.md says which may know which."""
