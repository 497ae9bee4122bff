"""What holds in recognition, as functions of plain values: `thanks`, and what earns points (`sources`)."""
