"""People who join: signed up, approved, printed, corrected, erased."""
