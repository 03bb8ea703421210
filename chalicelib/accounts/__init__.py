"""Staff accounts: registration, profile, sign-in, sessions, confirmation, password resets."""
