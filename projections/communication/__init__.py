"""Does the community speak regularly, and of what does its work consist?"""
