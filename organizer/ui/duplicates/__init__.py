"""Screen 重复记录."""
