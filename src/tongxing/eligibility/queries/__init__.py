"""What is read: verdicts, entitlements, service lists."""
