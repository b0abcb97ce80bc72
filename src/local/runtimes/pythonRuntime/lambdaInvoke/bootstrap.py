import importlib
import os
import sys
import traceback

from . import logs
from .context import create_context
from .faults import FaultException
from .logs import Invocation, LogSink, log_error
from .marshaller import marshal_response, to_json, unmarshal_request


def load_handler(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        raise FaultException("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {error}")
    if module_name.split(".")[0] in sys.builtin_module_names:
        text = f"Cannot use built-in module {module_name} as a handler module"
        raise FaultException("Runtime.BuiltInModuleConflict", text)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise FaultException("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}")
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise FaultException("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        text = f"Handler '{function_name}' missing on module '{module_name}'"
        raise FaultException("Runtime.HandlerNotFound", text)


def error_payload(error_type, message, trace, request_id=None):
    return {
        "errorMessage": message or "",
        "errorType": error_type or "",
        "requestId": request_id or "",
        "stackTrace": trace or [],
    }


def function_frames(trace):
    """The stack trace without the frames of the runtime at its start, unless it has no others."""
    frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(trace)]
    for start, (filename, *_) in enumerate(frames):
        if "/bootstrap.py" not in filename.replace("\\", "/"):
            frames = frames[start:]
            break
    return traceback.format_list(frames)


def payload_of(error, request_id=None):
    if isinstance(error, FaultException):
        return error_payload(error.exception_type, error.msg, error.trace, request_id)
    # As on Lambda, an error whose __str__ fails ends the process.
    return error_payload(type(error).__name__, str(error), function_frames(error.__traceback__), request_id)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass  # the function has closed or replaced it


def to_bytes(text):
    """Encodes text as UTF-8. As on Lambda, text with a lone surrogate ends the process."""
    return text if isinstance(text, bytes) else text.encode("utf-8")


def handle_event_request(pipes, request_handler, headers, body, log_sink):
    request_id = headers["lambda-runtime-aws-request-id"]
    try:
        lambda_context = create_context(headers)
        event = unmarshal_request(body)
        response = request_handler(event, lambda_context)
        result = marshal_response(response)
    except Exception as error:
        payload = payload_of(error, request_id)
    else:
        payload = None
    if payload is None:
        result = to_bytes(result)
        flush()
        pipes.respond(request_id, result)
    else:
        log_error(payload, log_sink)
        flush()
        pipes.fail(payload["errorType"], to_bytes(to_json(payload)), request_id)


def update_trace_id(trace_id):
    if trace_id is not None:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    elif "_X_AMZN_TRACE_ID" in os.environ:
        del os.environ["_X_AMZN_TRACE_ID"]


def run(handler, pipes):
    logs.setup_streams()
    log_sink = LogSink()
    logs.setup_logging(log_sink)
    try:
        request_handler = load_handler(handler)
    except Exception as error:
        payload = payload_of(error)
        log_error(payload, log_sink)
        flush()
        pipes.fail(payload["errorType"], to_bytes(to_json(payload)))
        sys.exit(1)
    pipes.ready()
    while True:
        headers, body = pipes.next()
        Invocation.request_id = headers["lambda-runtime-aws-request-id"]
        Invocation.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        update_trace_id(headers.get("lambda-runtime-trace-id"))
        handle_event_request(pipes, request_handler, headers, body, log_sink)
