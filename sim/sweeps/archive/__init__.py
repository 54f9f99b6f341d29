"""Results as one file for a data repository: data, what they mean, where they come from, how to get them again."""
