"""Say something: questions, concerns, obstacles and ideas with a named owner, a day for the answer, and an end."""
