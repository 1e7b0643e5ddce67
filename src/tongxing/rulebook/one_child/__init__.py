"""The interpreter that decides, and explains, for a single child."""
