# The JSON lines of Python's logging module. Loaded only if the function's log format is JSON.
import json
import logging
import traceback

# The attributes of a record that aren't the function's `extra` fields.
OWN_ATTRIBUTES = {
    *"args created exc_info exc_text filename funcName levelname levelno lineno module msecs msg name".split(),
    *"pathname process processName relativeCreated stack_info thread threadName".split(),
    *"aws_request_id tenant_id _frame_type".split(),
}

encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonFormatter(logging.Formatter):
    __module__ = "awslambdaric.lambda_runtime_log_utils"

    def __init__(self):
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%SZ")

    def format(self, record):
        record.levelno = min(50, max(0, record.levelno)) // 10 * 10
        record.levelname = logging.getLevelName(record.levelno)
        kind, error, trace = record.exc_info or (None, None, None)
        has_error = bool(record.exc_info)
        fields = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if has_error else None,
            "errorType": kind.__name__ if has_error else None,
            "errorMessage": str(error) if has_error else None,
            "requestId": getattr(record, "aws_request_id", None),
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if has_error else None,
        }
        if getattr(record, "tenant_id", None) is not None:
            fields["tenantId"] = record.tenant_id
        for name, value in record.__dict__.items():
            if name not in OWN_ATTRIBUTES and name not in fields:
                fields[name] = value
        return encode({name: value for name, value in fields.items() if value is not None}) + "\n"
