"""The simulated world: people, organisations and the order of the day."""
