"""How long an experiment must run and when it may be stopped: functions of numbers, with the papers they come from.

Begin at `fixed_sample`; `repeated_looks` says what looking early does and how to pay for it, `always_valid` stops at
any time, `sample_ratio` is looked at first. `of_run` asks all of them about the counts of a run.
"""
