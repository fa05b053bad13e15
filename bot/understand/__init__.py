"""What was meant: danger, category, place, small talk, personal numbers, empty answers; words made comparable for it.

No I/O, no state.
"""
