# Reads rows as JSON from stdin, sends them with boto3 to the endpoint in the environment, and prints one observed response
# per line.
import base64
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# Fields that older versions of boto3 don't support are sent as headers.
HEADERS = {"TenantId": "X-Amz-Tenant-Id", "DurableExecutionName": "X-Amz-Durable-Execution-Name"}

client = boto3.client(
    "lambda",
    endpoint_url=os.environ["AWS_ENDPOINT_URL_LAMBDA"],
    config=Config(retries={"total_max_attempts": 1}, read_timeout=60),
)
supported = client.meta.service_model.operation_model("Invoke").input_shape.members
extra_headers = {}


def add_headers(request, **_):
    for name, value in extra_headers.items():
        request.headers[name] = value


client.meta.events.register("before-sign.lambda.Invoke", add_headers)


def send(fields, payload):
    extra_headers.clear()
    for name in [name for name in HEADERS if name in fields and name not in supported]:
        extra_headers[HEADERS[name]] = fields.pop(name)
    if "ClientContext" in fields:
        fields["ClientContext"] = base64.b64encode(fields["ClientContext"].encode()).decode()
    if payload is not None:
        fields["Payload"] = payload.encode()
    try:
        response = client.invoke(**fields)
    except ClientError as error:
        response = error.response
        body = {"message": response["Error"]["Message"], "Type": response.get("Type"), "Reason": response.get("Reason")}
        meta = response["ResponseMetadata"]
        observed = {"exception": response["Error"]["Code"], "body": json.dumps(body)}
    else:
        meta = response["ResponseMetadata"]
        observed = {"body": response["Payload"].read().decode()}
        if "LogResult" in response:
            observed["log"] = base64.b64decode(response["LogResult"]).decode("utf-8", "replace")
    return {"status": meta["HTTPStatusCode"], "headers": meta["HTTPHeaders"], **observed}


for row in json.load(sys.stdin):
    print(json.dumps(send(row["fields"], row.get("payload"))), flush=True)
