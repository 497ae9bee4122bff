"""The CSV files people exchange with the command line: one module per file."""
