"""What an office is: made, opened, staffed, backed up, looked after."""
