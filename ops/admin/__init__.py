"""Commands that work on a stage's table: accounts, organizations, the check of the stock."""
