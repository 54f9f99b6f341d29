"""The page of an analysis: what a sweep says about which factors matter, and where."""
