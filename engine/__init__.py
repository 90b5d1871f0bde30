"""The simulated cloud: SageMaker endpoints and CloudWatch alarms that behave as AWS was measured to behave."""
