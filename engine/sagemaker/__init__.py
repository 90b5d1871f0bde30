"""SageMaker: what it refuses, carries out, and says of it meanwhile. Begin at `control_plane`."""
