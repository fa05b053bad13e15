"""What is said: rich text, screens, buttons, digits, dates, splitting."""
