"""The documents' own data, and the picture of a user without one."""
