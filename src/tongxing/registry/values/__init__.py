"""The words of the register, with no framework in them."""
