"""The data plane: models on instances answering requests."""
