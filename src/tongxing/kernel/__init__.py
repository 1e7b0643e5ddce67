"""Plain values every package may use. No framework, no clock, no database."""
