"""What jobs and uploads of learning compute in a child process."""
