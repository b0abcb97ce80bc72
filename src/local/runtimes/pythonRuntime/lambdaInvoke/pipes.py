import os
import sys
import time
from json import JSONDecoder
from json.encoder import encode_basestring_ascii

# The descriptors that the local endpoint opens: events for this process, and its replies.
EVENTS_FD, REPLIES_FD = 3, 4
# One byte more than Lambda's response limit, so that the endpoint detects an oversized response.
MAX_REPLY_BYTES = 6_291_556 + 1
# The maximum length of an error type in the header of a reply, in characters.
MAX_ERROR_TYPE = 1000
PROCESS_ID = os.getpid()

# Functions may replace what their modules contain.
quote, decode = encode_basestring_ascii, JSONDecoder().decode


class Pipes:
    """The pipes to the local endpoint.

    A frame consists of its length (4 bytes, big-endian), a header as one line of JSON, and a body.
    """

    def __init__(self, loaded):
        self.loaded = loaded
        for descriptor in (EVENTS_FD, REPLIES_FD):
            os.set_inheritable(descriptor, False)
        self.events = os.fdopen(EVENTS_FD, "rb")
        self.replies = os.fdopen(REPLIES_FD, "wb")

    def next(self):
        """The headers and the body of the next event."""
        length = self.events.read(4)
        if len(length) < 4:
            # The endpoint has ended. Its watchdog kills this process and its descendants. It finds them as long as this
            # process exists, so exit only if there is no watchdog.
            time.sleep(0 if sys.platform == "win32" else 10)
            sys.exit(0)
        frame = self.events.read(int.from_bytes(length, "big"))
        header, _, body = frame.partition(b"\n")
        return decode(header.decode()), body

    def ready(self):
        self._reply({"kind": "ready"})

    def respond(self, request_id, body):
        self._reply({"kind": "response", "requestId": request_id}, body)

    def fail(self, error_type, body, request_id=None):
        """Reports an error: of the init phase if there is no request ID."""
        header = {"kind": "error", "errorType": error_type[:MAX_ERROR_TYPE]}
        if request_id is not None:
            header["requestId"] = request_id
        self._reply(header, body)

    def _reply(self, header, body=b""):
        if os.getpid() != PROCESS_ID:
            os._exit(0)  # a process that the handler has forked returned from the handler, too
        files = self.loaded.new()
        if files:
            header["files"] = "\0".join(files)
        fields = ", ".join(f"{quote(name)}: {quote(value)}" for name, value in header.items())
        line = f"{{{fields}}}\n".encode("ascii")
        body = body[:MAX_REPLY_BYTES]
        self.replies.write((len(line) + len(body)).to_bytes(4, "big") + line + body)
        self.replies.flush()
