"""Does mentoring reach newcomers, and do they stay?"""
