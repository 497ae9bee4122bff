"""What is computed apart from the web: files of strangers in `files`, what evaluators give in `raters`."""
