"""Batch: many files, on this machine's processor cores."""
