"""排查: from the street to the door, and what was answered there."""
