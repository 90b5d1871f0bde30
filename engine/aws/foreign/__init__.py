"""What people have in place of a plan, read as one: templates, Terraform's JSON, bare requests. Begin at `reading`."""
