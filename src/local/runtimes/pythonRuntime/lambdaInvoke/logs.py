# The log of a function, as AWS's runtime interface client writes it.
import logging
import os
import sys
import time

from .marshaller import to_json

ISO_SECONDS = "%Y-%m-%dT%H:%M:%SZ"
NO_BREAK_SPACE = "\u00a0"
IS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


class Invocation:
    """The IDs of the last event. They remain after it ends, because its threads may still log."""

    request_id = None
    tenant_id = None


class LogSink:
    """Writes messages to the log. Bypasses sys.stdout, which the function may replace."""

    def __init__(self):
        self._descriptor = os.dup(1)
        self._write = os.write  # the function may replace it

    def log(self, msg, frame_type=None):
        """Writes a message, which is one log event on Lambda and ends with a line break here."""
        rest = msg.encode("utf8")
        if not rest.endswith(b"\n"):
            rest += b"\n"
        while rest:
            try:
                rest = rest[self._write(self._descriptor, rest) :]
            except BlockingIOError:
                time.sleep(0.001)  # the function has made stdout non-blocking

    def log_error(self, message_lines):
        self.log("\n".join(message_lines))


class LogSinkHandler(logging.Handler):
    """Writes the messages of loggers to a LogSink."""

    def __init__(self, log_sink):
        super().__init__()
        self.log_sink = log_sink

    def emit(self, record):
        # As on Lambda, an error in a formatter reaches the caller.
        self.log_sink.log(self.format(record))


class LambdaLoggerHandler(LogSinkHandler):
    __module__ = "awslambdaric.bootstrap"


class LambdaLoggerHandlerWithFrameType(LogSinkHandler):
    """The handler of functions with a log level. On Lambda, it also writes the level of each message."""

    __module__ = "awslambdaric.bootstrap"


class LambdaLoggerFilter(logging.Filter):
    __module__ = "awslambdaric.bootstrap"

    def filter(self, record):
        record.aws_request_id = Invocation.request_id or ""
        record.tenant_id = Invocation.tenant_id
        return True


class Unbuffered:
    """A stream that is flushed after each write."""

    __module__ = "awslambdaric.bootstrap"

    def __init__(self, stream):
        self.stream = stream

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def write(self, msg):
        self.stream.write(msg)
        self.stream.flush()

    def writelines(self, msgs):
        self.stream.writelines(msgs)
        self.stream.flush()


def setup_streams():
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if sys.platform == "win32":
            stream.reconfigure(newline="\n")
        setattr(sys, name, Unbuffered(stream))


def setup_logging(log_sink):
    logging.Formatter.converter = time.gmtime
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    level = "DEBUG" if level == "TRACE" else level.upper()
    handler = (LambdaLoggerHandlerWithFrameType if IS_JSON or level else LambdaLoggerHandler)(log_sink)
    if IS_JSON:
        from .jsonFormatter import JsonFormatter

        handler.setFormatter(JsonFormatter())
    else:
        text_format = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        handler.setFormatter(logging.Formatter(text_format, "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    if level in logging._nameToLevel:
        root.setLevel(level)
    handler.addFilter(LambdaLoggerFilter())
    root.addHandler(handler)


def with_no_break_spaces(line):
    text = line.lstrip(" ")
    return NO_BREAK_SPACE * (len(line) - len(text)) + text


def log_error(error, log_sink):
    """Writes an error payload to the log."""
    if IS_JSON:
        now = time.strftime(ISO_SECONDS, logging.Formatter.converter(time.time()))
        log_sink.log_error([to_json({"timestamp": now, "log_level": "ERROR", **error})])
        return
    kind, message = error["errorType"], error["errorMessage"]
    title = "[ERROR]"
    if kind:
        title += f" {kind}"
    if message:
        title += f"{':' if kind else ''} {message}"
    lines = [title, "Traceback (most recent call last):"]
    for element in error["stackTrace"]:
        lines.extend([with_no_break_spaces(line) for line in element.splitlines()] or [""])
    log_sink.log_error(lines)
