"""The names that projects written for Seeknal import; everything is Headrace's own."""
