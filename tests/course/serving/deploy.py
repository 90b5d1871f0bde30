"""A script as a team might have it: it sends an alarm and an update, looks until that is over, and reacts."""

import json
import os
import sys
import time
import urllib.request


def send(target, **given):
    """Send a request and return the answer."""
    headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
    body = json.dumps(given).encode()
    with urllib.request.urlopen(urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + "/", body, headers)) as answer:
        return json.load(answer)


plan = json.loads(sys.argv[1])
[alarm] = plan["PutMetricAlarm"]
send("GraniteServiceVersion20100801.PutMetricAlarm", **alarm)
send("SageMaker.UpdateEndpoint", **plan["UpdateEndpoint"])
if plan.get("DeleteAlarms"):
    send("GraniteServiceVersion20100801.DeleteAlarms", AlarmNames=[alarm["AlarmName"]])
while (found := send("SageMaker.DescribeEndpoint", EndpointName="churn"))["EndpointStatus"] == "Updating":
    time.sleep(30)
if found["EndpointConfigName"] == "churn-v2":
    send("SageMaker.DeleteEndpointConfig", EndpointConfigName="churn-v1")
print("it runs", found["EndpointConfigName"])
