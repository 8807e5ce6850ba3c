"""Signing people up: the form of one person, its live preview, and the applications that wait."""
