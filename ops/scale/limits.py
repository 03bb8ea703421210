"""What AWS publishes as limits, as of November 2025: DynamoDB's Developer Guide ("Quotas", "Designing
partition keys", "On-demand capacity mode"), and the quotas of Lambda and API Gateway. An account's own are in
the Service Quotas console.
"""

PARTITION_WRITES = 1_000  # units a second of one partition of the table, or of an index
PARTITION_READS = 3_000
NEW_TABLE_WRITES = 4_000  # units a second that a new on-demand table takes at once; then twice its last peak
NEW_TABLE_READS = 12_000
TABLE_UNITS = 40_000  # units a second of a table, reads and writes each; can be raised

CONCURRENT_FUNCTIONS = 1_000  # of an account and region; can be raised

GATEWAY_REQUESTS = 10_000  # a second of an account and region; can be raised

TRANSACTION_SECONDS = 0.010  # assumed: how long a transaction keeps others off its items
