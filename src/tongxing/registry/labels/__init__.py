"""Words for people: what the register's values are called."""
