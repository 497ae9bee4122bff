"""Who works when: patterns, rosters, drafts, publication, my schedule, calendar feeds and changes agreed on."""
