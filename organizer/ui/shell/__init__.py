"""The frame around the screens: unlocking, rail, search, palette, first run."""
