"""CloudFormation stacks: put up, changed, taken down."""
