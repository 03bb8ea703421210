"""What tests stand on: a world with its own table, clock and randomness, and people in it."""
