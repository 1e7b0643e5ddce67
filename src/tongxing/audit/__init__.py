"""The trail: who did what, and who looked at whom."""
