"""Closing an account, with which all memberships end."""
