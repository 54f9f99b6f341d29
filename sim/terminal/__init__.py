"""What the command line looks like: its words, its help, its progress and its last lines."""
