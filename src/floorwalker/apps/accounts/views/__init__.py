"""Pages of accounts: getting in, one's own account, and the administrator's."""
