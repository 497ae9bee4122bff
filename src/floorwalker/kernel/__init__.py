"""What every domain shares: access, pages, audit, events, jobs, notices, files. Knows no domain."""
