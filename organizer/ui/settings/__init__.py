"""设置: the office, its accounts and texts, the look, locking, and what the program is."""
