import contextlib
import datetime
import io
import json
import logging
import logging.config
import sys
import threading
import warnings

from prints import print_json, print_surrogate, print_to_stderr, prints

logger = logging.getLogger("orders")
root = logging.getLogger()
own = root.handlers[0]


def all_levels():
    for level in (5, 10, 15, 20, 25, 30, 40, 50, 60):
        logger.log(level, "level %d", level)
    root.log(55, "root")


def named_level():
    logging.addLevelName(25, "NOTICE")
    logger.setLevel(1)
    logger.log(25, "a custom level")


def caught():
    try:
        {}["missing"]
    except KeyError:
        logger.exception("caught %s", "it")
        root.error("with exc_info", exc_info=True)


def chained():
    try:
        try:
            {}["missing"]
        except KeyError as error:
            raise ValueError("chained\nlines") from error
    except ValueError:
        logger.exception("caught")


def without_exception():
    logger.error("none", exc_info=True)
    logger.error("false", exc_info=(None, None, None))
    logger.error("an instance", exc_info=ValueError("not raised"))


def stack_info():
    logger.warning("with a stack", stack_info=True)


def extra():
    logger.error("extra", extra={"order": {"id": 7}, "ü": "€", "nothing": None, "list": [1, 2.5, True]})


def extra_known():
    logger.error("extra", extra={"timestamp": "own", "requestId": "own", "location": "own", "tenantId": "own"})


def extra_frame_type():
    logger.error("extra", extra={"_frame_type": None, "taskName": "own", "tenant_id": "own"})


def extra_not_serializable():
    logger.error("extra", extra={"at": datetime.datetime(2026, 1, 2)})


def extra_nan():
    logger.error("extra", extra={"nan": float("nan"), 5: 6})


def arguments():
    logger.error("%s and %(name)s", "x")


def arguments_missing():
    logger.error("%d", "text")


def arguments_dict():
    logger.error("%(a)s", {"a": 1})
    logger.error({"message": "a dict"})
    logger.error("100%")
    logger.error(None)


def lines():
    logger.error("one\ntwo\n\n  three\n")


def unicode():
    logger.error("ü€😀\u2028")


def surrogate():
    logger.error("a\ud800")


def format_request_id():
    own.setFormatter(logging.Formatter("%(aws_request_id)s %(levelname)s %(message)s"))
    root.warning("first")
    logger.error("second")


def format_json():
    class Formatter(logging.Formatter):
        def format(self, record):
            return json.dumps({"id": record.aws_request_id, "text": record.getMessage(), "level": record.levelname})

    own.setFormatter(Formatter())
    logger.error("first")
    logger.error("second")


def format_unknown():
    own.setFormatter(logging.Formatter("%(nothing)s"))
    logger.error("x")


def format_number():
    own.format = lambda record: 5
    logger.error("x")


def no_formatter():
    own.setFormatter(None)
    logger.error("plain")


def basic_config():
    logging.basicConfig(level=logging.DEBUG, format="BASIC %(message)s")
    logger.warning("after basicConfig")
    logger.debug("debug")
    return root.level


def basic_config_forced():
    logging.basicConfig(level=logging.DEBUG, format="FORCED %(message)s", force=True, stream=sys.stdout)
    logger.debug("after basicConfig")
    return [type(handler).__name__ for handler in root.handlers]


def dict_config():
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"short": {"format": "DICT %(levelname)s %(message)s"}},
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "short", "stream": "ext://sys.stdout"}},
            "root": {"level": "DEBUG", "handlers": ["out"]},
        }
    )
    logger.debug("after dictConfig")
    return [type(handler).__name__ for handler in root.handlers]


def dict_config_without_root():
    logging.config.dictConfig({"version": 1, "loggers": {"orders": {"level": "DEBUG"}}})
    logger.debug("after dictConfig")
    root.warning("root")


def removed_handlers():
    for handler in list(root.handlers):
        root.removeHandler(handler)
    logger.warning("last resort")


def more_handlers():
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("MORE %(message)s"))
    root.addHandler(handler)
    logger.warning("twice")


def a_filter():
    own.addFilter(lambda record: record.getMessage() != "hidden")
    logger.warning("hidden")
    logger.warning("shown")


def filter_adds():
    class Filter(logging.Filter):
        def filter(self, record):
            record.order = 7
            return True

    own.addFilter(Filter())
    own.setFormatter(logging.Formatter("%(order)s %(aws_request_id)s %(message)s"))
    logger.warning("x")


def root_level():
    root.setLevel("DEBUG")
    logger.debug("debug")
    logging.info("info")


def propagation():
    logger.propagate = False
    logger.error("not shown")


def attributes():
    record = root.makeRecord("n", 20, "f", 1, "m", (), None)
    own.filter(record)
    return {
        "class": repr(type(own)),
        "repr": repr(own),
        "count": len(root.handlers),
        "attributes": sorted(set(vars(own)) - {"lock"}),
        "level": root.level,
        "sink": [hasattr(own.log_sink, name) for name in ("log", "log_error")],
        "formatter": repr(type(own.formatter)),
        "formats": [own.formatter._fmt, own.formatter.datefmt],
        "converter": logging.Formatter.converter.__name__,
        "filters": [repr(type(each)) for each in own.filters],
        "record": [record.aws_request_id != "", record.tenant_id],
        "stdout": repr(type(sys.stdout)),
        "encoding": [sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors],
        "last": repr(logging.lastResort),
        "names": [name for name in logging.root.manager.loggerDict if name.startswith("orders")],
    }


def redirected():
    with contextlib.redirect_stdout(io.StringIO()) as text:
        print("captured")
        logger.error("logged")
    return text.getvalue()


def replaced_stdout():
    sys.stdout = io.StringIO()
    logger.error("logged")
    raise ValueError("raised")


def sink():
    own.log_sink.log("to the sink")
    own.log_sink.log("and again\n")


def warned():
    warnings.warn("a warning")
    logging.captureWarnings(True)
    warnings.warn("a captured warning", UserWarning)


def a_thread():
    thread = threading.Thread(target=lambda: logger.error("in a thread"), name="worker")
    thread.start()
    thread.join()


def shut_down():
    logging.shutdown()
    logger.error("after the shutdown")


def raises():
    raise ValueError("ü\nsecond line")


def adapter():
    logging.LoggerAdapter(logger, {"order": 7}).error("adapted")


def handler(event, context):
    if event == "context.log":
        context.log("by the context")
        context.log({"a": 1})
        own.close()
        root.handlers.clear()
        return context.log("without a handler\n")
    return globals()[event]()
