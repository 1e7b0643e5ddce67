"""What changes: verdicts stored anew, service lists on their way."""
