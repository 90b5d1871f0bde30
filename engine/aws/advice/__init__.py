"""What AWS accepts although it cannot work as meant. Begin at `advise`, which names all advice."""
