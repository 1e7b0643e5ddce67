class LaunchError(Exception):
    """Something the person at the terminal can put right; the message says how."""
