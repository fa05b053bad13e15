"""What was meant: words made comparable, danger, category, place, small talk, personal numbers. No I/O, no state."""
