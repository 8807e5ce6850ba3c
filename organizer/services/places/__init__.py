"""Places and grids: edited, found, given to people, handed over."""
