"""What several screens show. Begin at `prose`; `question` asks, `opening` waits for what is read in the background."""
