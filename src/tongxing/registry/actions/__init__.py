"""Everything that changes the register. One transaction holds the change and its trace."""
