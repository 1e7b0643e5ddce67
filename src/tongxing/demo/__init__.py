"""A fictional town on real divisions, written as real, dirty department files."""
