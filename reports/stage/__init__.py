"""The scaling stage as a person reads it: milestones, success, risks, each with its reason and the next step."""
