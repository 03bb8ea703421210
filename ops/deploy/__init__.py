"""Deployment: two stacks per stage, deployed through change sets, to AWS or to an emulator."""
