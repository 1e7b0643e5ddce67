"""Forms turn text into values; they know nothing of the database."""
