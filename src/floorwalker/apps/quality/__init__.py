"""Quality: forms, conversations and their reviews."""
