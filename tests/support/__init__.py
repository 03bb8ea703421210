"""What tests stand on: a world with its own table, clock and chance, and people in it."""
