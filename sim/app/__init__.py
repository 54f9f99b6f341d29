"""The app: two worlds side by side in a browser."""
