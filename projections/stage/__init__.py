"""The scaling stage itself: its milestones, its success, its risks."""
