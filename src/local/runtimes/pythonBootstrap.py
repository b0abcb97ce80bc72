# The runtime of local Python functions: polls the Runtime API for events and calls the handler. Responses and log lines
# match Lambda's Python runtime. Uses only the standard library.
import decimal
import importlib
import json
import logging
import os
import socket
import sys
import threading
import time
import traceback

HOST, _, PORT = os.environ.get("AWS_LAMBDA_RUNTIME_API", "").rpartition(":")
TASK_ROOT = os.environ.get("LAMBDA_TASK_ROOT", "")
IS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
PREFIX = "/2018-06-01/runtime/"
BOOTSTRAP_FILE = os.path.abspath(__file__)

current_request_id = None


class Connection:
    """A persistent connection to the Runtime API. Builds requests by hand, because http.client would dominate the cost of
    an invocation."""

    def __init__(self):
        self.file = None

    def send(self, method, path, body=b"", headers=()):
        lines = [f"{method} {PREFIX}{path} HTTP/1.1", f"Host: {HOST}:{PORT}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        request = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
        if self.file is None:
            connection = socket.create_connection((HOST, int(PORT)))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.file = connection.makefile("rwb")
        self.file.write(request)
        self.file.flush()
        status = self.file.readline()
        if not status:
            sys.exit(0)  # the endpoint has exited
        response_headers = {}
        while True:
            line = self.file.readline().decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            response_headers[name.strip().lower()] = value.strip()
        if response_headers.get("transfer-encoding", "").lower() == "chunked":
            chunks = []
            while True:
                size = int(self.file.readline().split(b";")[0], 16)
                chunks.append(self.file.read(size))
                self.file.readline()
                if size == 0:
                    return response_headers, b"".join(chunks)
        return response_headers, self.file.read(int(response_headers.get("content-length", "0")))


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
        self.client_context = ClientContext(json.loads(client_context)) if client_context else None
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
                line = json.dumps(fields, ensure_ascii=False, default=str)
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


def error_payload(error):
    if isinstance(error, RuntimeFault):
        return {**error.payload, "requestId": current_request_id or ""}
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": current_request_id or "",
        "stackTrace": function_frames(error.__traceback__),
    }


def log_error(payload):
    if IS_JSON:
        fields = {"timestamp": iso_now()[:19] + "Z", "log_level": "ERROR", **payload}
        line = json.dumps(fields, ensure_ascii=False)
    else:
        line = f"[ERROR] {payload['errorType']}: {payload['errorMessage']}"
        if payload["stackTrace"]:
            line += "\nTraceback (most recent call last):\n" + "".join(payload["stackTrace"]).rstrip("\n")
    sys.stdout.write(line + "\n")


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
    sys.stdout.flush()
    sys.stderr.flush()


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
        return json.dumps(result, ensure_ascii=False, default=plain_number).encode("utf-8")
    except Exception as error:
        raise RuntimeFault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def report(connection, path, payload):
    log_error(payload)
    flush()
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
    header = payload["errorType"].encode("ascii", "replace").decode("ascii")
    connection.send("POST", path, body, [("Content-Type", "application/json"), ("Lambda-Runtime-Function-Error-Type", header)])


def watch_parent():
    # Exit when the parent dies and its end of this pipe closes.
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os._exit(0)


def main():
    global current_request_id
    if sys.platform == "win32":
        threading.Thread(target=watch_parent, daemon=True).start()
    connection = Connection()
    root = logging.getLogger()
    root.addHandler(LogHandler())
    root.setLevel(logging.INFO if IS_JSON else logging.WARNING)
    sys.path[0] = TASK_ROOT
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        report(connection, "init/error", error_payload(error))
        sys.exit(1)
    while True:
        headers, body = connection.send("GET", "invocation/next")
        current_request_id = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        path = f"invocation/{current_request_id}/"
        try:
            response = to_json(handler(json.loads(body), Context(headers)))
        except Exception as error:
            report(connection, path + "error", error_payload(error))
        else:
            flush()
            connection.send("POST", path + "response", response, [("Content-Type", "application/json")])
        current_request_id = None


if __name__ == "__main__":
    main()
