"""What jobs and limited children compute: science and files, no Django. Imported in child processes only."""
