"""The workforce: agents, teams, sites, clients, skills, and their names in other systems."""
