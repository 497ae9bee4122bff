"""What was: contact history in tables, its formats and its store."""
