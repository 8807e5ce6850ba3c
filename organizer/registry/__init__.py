"""Batch files for the registry platforms: profiles, rows, pre-check, verified workbook."""
