"""The composition root: settings, addresses, reactions, menu and the commands that run the suite."""
