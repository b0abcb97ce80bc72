# The events and results of a function, as AWS's runtime interface client reads and writes them.
import json
import os

from .faults import FaultException

# Since Python 3.12, Lambda doesn't escape characters outside ASCII.
ESCAPING_RUNTIMES = {f"AWS_Lambda_python3.{minor}" for minor in range(12)}
IS_ASCII = os.environ.get("AWS_EXECUTION_ENV") in ESCAPING_RUNTIMES

PLAIN_TYPES = {str, int, float, bool, type(None)}
CONTAINER_TYPES = {dict, list, tuple}
# The maximum number of values to check. Larger results, and circular ones, use the slower encoder.
MAX_PLAIN_VALUES = 2_000_000

encode_plain = json.JSONEncoder(ensure_ascii=IS_ASCII).encode
decode = json.loads  # functions may replace the module's


def is_plain(value):
    """Whether the standard library's fast encoder writes the value as AWS's client does."""
    containers = [(value,)]
    count = 0
    while containers:
        values = containers.pop()
        count += len(values)
        others = set(map(type, values)) - PLAIN_TYPES
        if not others:
            continue
        if count > MAX_PLAIN_VALUES or not others <= CONTAINER_TYPES:
            return False
        for value in values:
            kind = type(value)
            if kind is dict:
                containers.append(value.values())
            elif kind in CONTAINER_TYPES:
                containers.append(value)
    return True


def to_json(value):
    if is_plain(value):
        try:
            return encode_plain(value)
        except TypeError:
            pass  # a key that only the slower encoder supports
    from .encoder import encode_any

    return encode_any(value, IS_ASCII)


def unmarshal_request(body):
    try:
        return decode(str(body, "utf-8"))
    except Exception as error:
        raise FaultException("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def marshal_response(response):
    """The JSON of a result. Bytes are sent unchanged."""
    if isinstance(response, bytes):
        return response
    try:
        return to_json(response)
    except Exception as error:
        raise FaultException("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
