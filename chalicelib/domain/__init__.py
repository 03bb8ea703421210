"""Rules in plain Python: no HTTP, no DynamoDB, no environment."""
