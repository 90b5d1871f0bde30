"""CloudWatch: metrics, statistics, alarms and their clock."""
