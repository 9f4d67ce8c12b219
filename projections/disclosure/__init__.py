"""Statistical disclosure control: what somebody who may not see people may see of a number."""
