"""统计: the weekly report, one round beside the one before, spot checks."""
