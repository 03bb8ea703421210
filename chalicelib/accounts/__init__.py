"""Staff accounts: registration, profile, sign-in, sessions, confirmation."""
