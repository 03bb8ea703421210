"""The API on this machine: a server, what API Gateway does in front of it, and an embedded DynamoDB."""
