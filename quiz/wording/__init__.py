"""Sentences that a learner writes, judged by the concepts in them. Begin at `judging`; `found` looks for phrases in
`words`, and `negation` says whether they are meant."""
