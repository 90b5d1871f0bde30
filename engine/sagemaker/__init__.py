"""SageMaker: endpoint configurations, deployments and what DescribeEndpoint says."""
