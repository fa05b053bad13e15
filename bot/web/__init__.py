"""HTTP: health, and in the demo the chat page."""
