"""Deployment: two stacks a stage, put up by change sets, on AWS or on an emulator of it."""
