"""Lists of other offices taken over."""
