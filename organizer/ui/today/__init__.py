"""今日: what waits to be done, each line one key away from the work."""
