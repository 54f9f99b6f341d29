"""The sections of a page, in order, each in a file of its own with its texts in ``texts``."""
