"""The manual where one stands: its pages in the suite, and from every room the way to the one about it."""
