"""Commands that work on a stage's table: accounts, organizations, reserved stock and its check."""
