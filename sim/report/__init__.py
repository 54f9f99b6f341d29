"""What people read: words, figures and pages."""
