"""Invitations: memberships that are not accepted yet, as their users see them."""
