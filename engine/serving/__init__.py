"""The data plane: models on instances that answer requests. Begin at `data_plane`, then `fleet`."""
