# The context object. Sources: Lambda developer guide, "Using the Lambda context object to retrieve Python function
# information"; AWS's runtime interface client.
import json
import logging
import os
import sys
import time

from .faults import FaultException

decode = json.loads  # functions may replace the module's


def describe(value, names):
    fields = ",".join(f"{name}={getattr(value, name)}" for name in names)
    return f"{value.__class__.__name__}([{fields}])"


class Record:
    """An object with an attribute for each slot, which is None if the fields don't contain it."""

    __slots__ = ()

    def __init__(self, fields=None):
        if fields is None:
            return
        for name in self.__slots__:
            setattr(self, name, fields.get(name))

    def __repr__(self):
        return describe(self, self.__slots__)


class CognitoIdentity(Record):
    __module__ = "awslambdaric.lambda_context"
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]


class Client(Record):
    __module__ = "awslambdaric.lambda_context"
    __slots__ = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]


class ClientContext(Record):
    __module__ = "awslambdaric.lambda_context"
    __slots__ = ["custom", "env", "client"]


def parse_header(header, name):
    if not header:
        return None
    try:
        return decode(header)
    except Exception as error:
        text = f"Unable to parse {name} JSON: {error}"
        raise FaultException("Runtime.LambdaContextUnmarshalError", text) from None


class LambdaContext:
    __module__ = "awslambdaric.lambda_context"

    def __init__(
        self,
        invoke_id,
        client_context,
        cognito_identity,
        epoch_deadline_time_in_ms,
        invoked_function_arn=None,
        tenant_id=None,
    ):
        env = os.environ
        self.aws_request_id = invoke_id
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = invoked_function_arn
        self.tenant_id = tenant_id
        self.client_context = None
        if client_context is not None:
            self.client_context = ClientContext(client_context)
            client = self.client_context.client
            self.client_context.client = None if client is None else Client(client)
        self.identity = CognitoIdentity({})
        if cognito_identity is not None:
            self.identity.cognito_identity_id = cognito_identity.get("cognitoIdentityId")
            self.identity.cognito_identity_pool_id = cognito_identity.get("cognitoIdentityPoolId")
        self._epoch_deadline_time_in_ms = epoch_deadline_time_in_ms

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, msg):
        for handler in logging.getLogger().handlers:
            if hasattr(handler, "log_sink"):
                handler.log_sink.log(str(msg))
                return
        sys.stdout.write(str(msg))

    def __repr__(self):
        names = (
            "aws_request_id,log_group_name,log_stream_name,function_name,memory_limit_in_mb,function_version,"
            "invoked_function_arn,client_context,identity,tenant_id"
        )
        return describe(self, names.split(","))


def create_context(headers):
    """The context of an event, from the headers of the Runtime API."""
    return LambdaContext(
        headers["lambda-runtime-aws-request-id"],
        parse_header(headers.get("lambda-runtime-client-context"), "Client Context"),
        parse_header(headers.get("lambda-runtime-cognito-identity"), "Cognito Identity"),
        int(headers["lambda-runtime-deadline-ms"]),
        headers.get("lambda-runtime-invoked-function-arn"),
        headers.get("lambda-runtime-aws-tenant-id"),
    )
