"""Employers: listed, shown, edited, and what is known of them."""
