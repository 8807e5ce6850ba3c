"""Unions: the tree of them, what is known of each, and whom they cover."""
