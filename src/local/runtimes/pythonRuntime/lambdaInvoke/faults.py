class FaultException(Exception):
    """An error of the runtime, with the error type that Lambda uses."""

    __module__ = "awslambdaric.lambda_runtime_exception"

    def __init__(self, exception_type, msg, trace=None):
        super().__init__(msg)
        self.exception_type = exception_type
        self.msg = msg
        self.trace = trace
