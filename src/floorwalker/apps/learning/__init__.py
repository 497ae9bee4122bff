"""Learning: scenarios in which agents play the agent, alone or against each other."""
