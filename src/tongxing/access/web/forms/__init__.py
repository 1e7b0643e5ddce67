"""Forms of access: they turn what was typed into values and know nothing of tables."""
