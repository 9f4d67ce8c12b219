"""Who works across teams, and with whom does the community have a relationship?"""
