"""The survey on paper and in workbooks: printed, filled in, taken back."""
