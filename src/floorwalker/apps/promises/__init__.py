"""One ledger of everything promised: to whom, by whom, until when, and what came of it."""
