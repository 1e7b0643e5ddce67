"""Pages of access, one module per noun."""
