"""From values of the register to what its pages show."""
