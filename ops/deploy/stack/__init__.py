"""CloudFormation stacks: created, changed, deleted."""
