"""Thanks: said to a colleague with one button, shown as far as they wish, suggested where they are due."""
