"""Studying without the screens, a module for each group of commands; `asking` puts a question in plain lines."""
