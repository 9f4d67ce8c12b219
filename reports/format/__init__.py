"""How numbers, labels and names read: one set of words for every surface."""
