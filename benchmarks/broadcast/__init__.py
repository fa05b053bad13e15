"""One announcement to many: our bot beside aiogram 3, against a platform with a limit of its own."""
