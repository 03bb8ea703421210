"""What AWS charges: the one place for prices.

List prices of us-east-1 (N. Virginia) in US dollars, from AWS's public price pages as of November 2025,
without free tiers and discounts. Most other regions cost more. Check them before you rely on a figure:

https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/lambda/pricing/,
https://aws.amazon.com/api-gateway/pricing/, https://aws.amazon.com/cloudwatch/pricing/,
https://aws.amazon.com/xray/pricing/, https://aws.amazon.com/secrets-manager/pricing/,
https://aws.amazon.com/s3/pricing/, https://aws.amazon.com/ec2/pricing/on-demand/ (data transfer).
"""

REGION = "us-east-1"
AS_OF = "November 2025"

MILLION = 1_000_000

# API Gateway, REST: dollars a million requests, each up to so many million a month
GATEWAY_TIERS = ((333, 3.50), (667, 2.80), (19_000, 2.38), (float("inf"), 1.51))

# Lambda, arm64
FUNCTION_MILLION_REQUESTS = 0.20
FUNCTION_GIGABYTE_SECOND = 0.0000133334
PROVISIONED_GIGABYTE_SECOND = 0.0000033334  # kept ready, whether it works or not
PROVISIONED_WORKING_GIGABYTE_SECOND = 0.0000077778  # and on top, while it works
SNAPSHOT_GIGABYTE_SECOND = 0.0000015046  # SnapStart, of each published version
SNAPSHOT_RESTORED_GIGABYTE = 0.0001397998

# DynamoDB, on demand
TABLE_MILLION_READS = 0.125
TABLE_MILLION_WRITES = 0.625
TABLE_GIGABYTE_MONTH = 0.25
BACKUP_GIGABYTE_MONTH = 0.20  # point-in-time recovery

# CloudWatch, X-Ray, Secrets Manager, S3, data transfer to the internet
LOG_GIGABYTE = 0.50
LOG_GIGABYTE_MONTH = 0.03
ALARM_MONTH = 0.10
TRACE_MILLION = 5.00
SECRET_MONTH = 0.40
ARCHIVE_GIGABYTE_MONTH = 0.023
TRANSFER_GIGABYTE = 0.09
