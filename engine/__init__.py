"""The simulated cloud: SageMaker endpoints and CloudWatch alarms that behave as AWS was measured to behave.

Begin at `simulate`: a world, a plan and a seed in, a run out.
"""
