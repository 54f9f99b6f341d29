"""The limits of what may be asked, the one place for files, the command line and Python."""

LONGEST_DAYS = 36_500
MOST_REPLICATIONS = 10_000
MOST_SAMPLES = 1_000_000
LARGEST_SEED = 2**63 - 1
