"""How far do people come on the way from a first contribution to leading, and where do they stop?"""
