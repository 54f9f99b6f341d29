"""What can be learnt from a sweep: which factors matter, where something holds, how outcomes respond."""
