"""The report dialogue: pieces in any order, and the next question is the first slot that is still empty."""
