"""A small house for each platform: what it can do, how it writes, what its JSON lacks and what its errors mean."""
