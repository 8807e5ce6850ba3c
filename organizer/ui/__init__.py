"""The window: it shows and asks; all work is done by services through the runner."""
