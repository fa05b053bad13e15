"""The same dialogue as other bots hold it. Run in an environment of their own; imports nothing of ours but `script`."""
