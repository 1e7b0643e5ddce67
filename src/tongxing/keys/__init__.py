"""The site's keys: where they lie, and model fields that are sealed by them."""
