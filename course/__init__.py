"""The program: content, store, screens and command line."""
