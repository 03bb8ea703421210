"""What a request costs: capacity units by DynamoDB's published rules, prices, and the bill made of both."""
