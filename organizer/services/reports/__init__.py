"""What is told upward, and checked: the weekly report, spot checks."""
