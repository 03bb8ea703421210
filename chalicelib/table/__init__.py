"""The single DynamoDB table: the only package that imports PynamoDB."""
