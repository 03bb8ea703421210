"""The order and shop back end: see routes.py for the whole house."""
