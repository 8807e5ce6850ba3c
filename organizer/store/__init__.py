"""The only SQL of the desktop: one encrypted file, one write path, one change log."""
