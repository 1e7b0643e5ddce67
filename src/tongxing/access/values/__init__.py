"""Words of access: roles and what they may do, organisations, divisions, states of an account."""
