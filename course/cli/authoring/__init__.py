"""What authors of lessons type: new files, schemas, a preview, packs, questions in other formats. Begin at `group`."""
