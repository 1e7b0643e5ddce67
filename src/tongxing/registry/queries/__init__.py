"""Everything that reads the register."""
