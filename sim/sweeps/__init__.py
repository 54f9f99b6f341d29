"""Sweeps: very many runs over a design of points, kept as they finish, and what can be learnt from them."""
