"""Are people answered, and is what they offer accepted?"""
