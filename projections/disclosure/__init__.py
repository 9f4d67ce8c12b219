"""Statistical disclosure control: what somebody who may not see people may see of a number.

Reading order: `threshold` (how few are few), `denominators` (over how many a ratio is), `complementary` (what is hidden
with what), `differencing` (what sums give away), `sources` (what these are called), `view` (all of it, for a viewer).
"""
