"""New packs, lessons, questions, labs, incidents, exams and classrooms as files to write. Begin at `made`."""
