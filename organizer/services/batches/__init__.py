"""Batches for the registry: who can go, written, sealed."""
