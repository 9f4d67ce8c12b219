"""The policy's file, and the policy that follows it while processes run."""
