"""The rules of the trade: pure functions and frozen records; no files, no SQL, no windows."""
