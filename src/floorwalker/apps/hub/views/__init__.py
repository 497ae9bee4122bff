"""Pages of the hub, one module for each of its rooms."""
