"""人员: one person, read-only, with what can be done next."""
