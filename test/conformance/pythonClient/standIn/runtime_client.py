"""Replaces the native module of AWS's runtime interface client, which needs a compiler. Uses the Runtime API."""
import http.client
import os

INVOCATION = "/2018-06-01/runtime/invocation"
# Headers whose empty value is None.
OPTIONAL = ("Lambda-Runtime-Trace-Id", "Lambda-Runtime-Client-Context", "Lambda-Runtime-Cognito-Identity")
OPTIONAL += ("Lambda-Runtime-Aws-Tenant-Id", "Content-Type")
connection = None


def initialize_client(user_agent):
    global connection
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def send(method, path, body=None, headers=None):
    connection.request(method, f"{INVOCATION}/{path}", body, headers or {})
    response = connection.getresponse()
    content = response.read()
    if response.status not in (200, 202):
        raise RuntimeError(f"The Runtime API returned {response.status}")
    return response, content


def next():
    response, body = send("GET", "next")
    headers = {name: response.getheader(name) or None for name in OPTIONAL}
    headers["Lambda-Runtime-Aws-Request-Id"] = response.getheader("Lambda-Runtime-Aws-Request-Id")
    headers["Lambda-Runtime-Invoked-Function-Arn"] = response.getheader("Lambda-Runtime-Invoked-Function-Arn") or ""
    headers["Lambda-Runtime-Deadline-Ms"] = int(response.getheader("Lambda-Runtime-Deadline-Ms"))
    return body, headers


def post_invocation_result(request_id, body, content_type):
    send("POST", f"{request_id}/response", body, {"Content-Type": content_type})


def post_error(request_id, body, xray_fault):
    # The native module takes C strings: UTF-8 without a null character.
    for text in (request_id, body, xray_fault):
        if "\0" in text:
            raise ValueError("embedded null character")
        text.encode("utf-8")
    send("POST", f"{request_id}/error", body.encode("utf-8"), {"Content-Type": "application/json"})
