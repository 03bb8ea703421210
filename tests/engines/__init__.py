"""DynamoDB-compatible engines for tests, and the faults that none of them produces by itself."""
