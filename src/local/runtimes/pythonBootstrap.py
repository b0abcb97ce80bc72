# The runtime of local Python functions: receives events over a pipe and calls the handler. Responses and log lines match
# Lambda's Python runtime. Uses only the standard library.
import decimal
import importlib
import logging
import os
import sys
import time
import traceback
from json import dumps, loads

TASK_ROOT = os.environ.get("LAMBDA_TASK_ROOT", "")
IS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
# The descriptors that the local endpoint opens: events for this process, and its replies.
EVENTS_FD, REPLIES_FD = 3, 4
# One byte more than Lambda's response limit, so that the endpoint detects an oversized response.
MAX_REPLY_BYTES = 6_291_556 + 1
# The maximum length of an error type in the header of a reply, in characters.
MAX_ERROR_TYPE = 1000
PROCESS_ID = os.getpid()
BOOTSTRAP_FILE = os.path.abspath(__file__)

current_request_id = None


class Pipes:
    """The pipes to the local endpoint. A frame has its length (4 bytes, big-endian), a header as one line of JSON, and a
    body."""

    def __init__(self):
        for descriptor in (EVENTS_FD, REPLIES_FD):
            os.set_inheritable(descriptor, False)
        self.events = os.fdopen(EVENTS_FD, "rb")
        self.replies = os.fdopen(REPLIES_FD, "wb")

    def next(self):
        length = self.events.read(4)
        if len(length) < 4:
            # The endpoint has ended. Its watchdog kills this process and its descendants. It finds them as long as this
            # process exists, so exit only if there is no watchdog.
            time.sleep(0 if sys.platform == "win32" else 10)
            sys.exit(0)
        frame = self.events.read(int.from_bytes(length, "big"))
        header, _, body = frame.partition(b"\n")
        return loads(header), body

    def reply(self, header, body=b""):
        if os.getpid() != PROCESS_ID:
            os._exit(0)  # a process that the handler has forked returned from the handler, too
        line = dumps(header).encode("ascii") + b"\n"
        body = body[:MAX_REPLY_BYTES]
        self.replies.write((len(line) + len(body)).to_bytes(4, "big") + line + body)
        self.replies.flush()


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Client:
    def __init__(self, fields):
        self.installation_id = fields.get("installation_id")
        self.app_title = fields.get("app_title")
        self.app_version_name = fields.get("app_version_name")
        self.app_version_code = fields.get("app_version_code")
        self.app_package_name = fields.get("app_package_name")


class ClientContext:
    def __init__(self, fields):
        self.custom = fields.get("custom")
        self.env = fields.get("env")
        client = fields.get("client")
        self.client = Client(client) if isinstance(client, dict) else None


class Context:
    """The context object. Source: Lambda developer guide, "Using the Lambda context object to retrieve Python function
    information"."""

    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.function_name = env["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = env["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = env["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = env["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        client_context = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(loads(client_context)) if client_context else None
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


def iso_now(seconds=None):
    now = time.time() if seconds is None else seconds
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03d}Z"


class LogHandler(logging.Handler):
    """Writes Lambda's log format: `[INFO]\\ttime\\trequest id\\tmessage`, or one JSON object per line."""

    def emit(self, record):
        try:
            if IS_JSON:
                fields = {
                    "timestamp": iso_now(record.created)[:19] + "Z",
                    "level": record.levelname,
                    "message": record.getMessage(),
                    "logger": record.name,
                }
                if current_request_id:
                    fields["requestId"] = current_request_id
                if record.exc_info:
                    kind, error, trace = record.exc_info
                    fields["errorType"] = kind.__name__ if kind else None
                    fields["errorMessage"] = str(error)
                    fields["stackTrace"] = traceback.format_tb(trace)
                line = dumps(fields, ensure_ascii=False, default=str)
            else:
                text = record.getMessage()
                if record.exc_info:
                    text += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
                line = f"[{record.levelname}]\t{iso_now(record.created)}\t{current_request_id or ''}\t{text}"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        except Exception:
            self.handleError(record)


class RuntimeFault(Exception):
    """An error of the runtime, with Lambda's name for it."""

    def __init__(self, error_type, text, trace=()):
        super().__init__(text)
        self.payload = {"errorMessage": text, "errorType": error_type, "requestId": "", "stackTrace": list(trace)}


def function_frames(trace):
    frames = [frame for frame in traceback.extract_tb(trace) if os.path.abspath(frame.filename) != BOOTSTRAP_FILE]
    return traceback.format_list([frame for frame in frames if "importlib" not in frame.filename])


def message_of(error):
    try:
        return str(error)
    except Exception:
        return f"<unprintable {type(error).__name__} object>"


def error_payload(error):
    if isinstance(error, RuntimeFault):
        return {**error.payload, "requestId": current_request_id or ""}
    return {
        "errorMessage": message_of(error),
        "errorType": type(error).__name__,
        "requestId": current_request_id or "",
        "stackTrace": function_frames(error.__traceback__),
    }


def log_error(payload):
    if IS_JSON:
        fields = {"timestamp": iso_now()[:19] + "Z", "log_level": "ERROR", **payload}
        line = dumps(fields, ensure_ascii=False)
    else:
        line = f"[ERROR] {payload['errorType']}: {payload['errorMessage']}"
        if payload["stackTrace"]:
            line += "\nTraceback (most recent call last):\n" + "".join(payload["stackTrace"]).rstrip("\n")
    try:
        sys.stdout.write(line.encode("utf-8", "replace").decode("utf-8") + "\n")
    except Exception:
        pass  # the handler has closed or replaced stdout


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from None
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise RuntimeFault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}", function_frames(error.__traceback__)) from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text or ""}']
        raise RuntimeFault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace) from None
    handler = getattr(module, function_name, None)
    if handler is None:
        raise RuntimeFault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    return handler


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # the handler has closed or replaced it


def plain_number(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def to_json(result):
    """Serializes the result to JSON; bytes are sent as is. A result that can't be serialized is a runtime error, as in
    Lambda."""
    if isinstance(result, bytes):
        return result
    try:
        return dumps(result, ensure_ascii=False, default=plain_number).encode("utf-8")
    except Exception as error:
        raise RuntimeFault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def report(pipes, payload):
    log_error(payload)
    flush()
    header = {"kind": "error", "errorType": payload["errorType"][:MAX_ERROR_TYPE]}
    if current_request_id is not None:
        header["requestId"] = current_request_id
    pipes.reply(header, dumps(payload, ensure_ascii=False).encode("utf-8", "replace"))


def main():
    global current_request_id
    pipes = Pipes()
    root = logging.getLogger()
    root.addHandler(LogHandler())
    root.setLevel(logging.INFO if IS_JSON else logging.WARNING)
    sys.path[0] = TASK_ROOT
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        report(pipes, error_payload(error))
        sys.exit(1)
    pipes.reply({"kind": "ready"})
    while True:
        headers, body = pipes.next()
        current_request_id = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        try:
            response = to_json(handler(loads(body), Context(headers)))
        except Exception as error:
            report(pipes, error_payload(error))
        else:
            flush()
            pipes.reply({"kind": "response", "requestId": current_request_id}, response)
        current_request_id = None


if __name__ == "__main__":
    main()
