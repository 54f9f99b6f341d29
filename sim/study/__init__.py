"""Asking questions of the model: runs, outcomes and comparisons."""
