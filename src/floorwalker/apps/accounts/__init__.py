"""People who log in: users, the roles they hold, their tokens and sessions."""
