"""The glossary on screen: a search, a list and a card. Begin at `screen`."""
