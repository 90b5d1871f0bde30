"""SageMaker as it is described, listed and tagged: endpoints, configurations, models, jobs, experiments."""
