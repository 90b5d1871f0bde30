"""What each operation does with the account, a module for each group. Begin at `registry`."""
