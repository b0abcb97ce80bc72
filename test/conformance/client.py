# Sends the rows it reads as JSON with boto3 to the endpoint the environment names, and prints what it saw, a line each.
import base64
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# Fields that an older boto3 does not know travel as the headers they are.
HEADERS = {"TenantId": "X-Amz-Tenant-Id", "DurableExecutionName": "X-Amz-Durable-Execution-Name"}

client = boto3.client(
    "lambda",
    endpoint_url=os.environ["AWS_ENDPOINT_URL_LAMBDA"],
    config=Config(retries={"total_max_attempts": 1}, read_timeout=60),
)
known = client.meta.service_model.operation_model("Invoke").input_shape.members
added = {}


def add_headers(request, **_):
    for name, value in added.items():
        request.headers[name] = value


client.meta.events.register("before-sign.lambda.Invoke", add_headers)


def send(fields, payload):
    added.clear()
    for name in [name for name in HEADERS if name in fields and name not in known]:
        added[HEADERS[name]] = fields.pop(name)
    if "ClientContext" in fields:
        fields["ClientContext"] = base64.b64encode(fields["ClientContext"].encode()).decode()
    if payload is not None:
        fields["Payload"] = payload.encode()
    try:
        answer = client.invoke(**fields)
    except ClientError as error:
        response = error.response
        body = {"message": response["Error"]["Message"], "Type": response.get("Type"), "Reason": response.get("Reason")}
        meta = response["ResponseMetadata"]
        seen = {"exception": response["Error"]["Code"], "body": json.dumps(body)}
    else:
        meta = answer["ResponseMetadata"]
        seen = {"body": answer["Payload"].read().decode()}
        if "LogResult" in answer:
            seen["log"] = base64.b64decode(answer["LogResult"]).decode("utf-8", "replace")
    return {"status": meta["HTTPStatusCode"], "headers": meta["HTTPHeaders"], **seen}


for row in json.load(sys.stdin):
    print(json.dumps(send(row["fields"], row.get("payload"))), flush=True)
