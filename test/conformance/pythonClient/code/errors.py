import asyncio
import os
import sys
import warnings


# Written when the result is freed: in the log of this event, or of the next one.
warnings.filterwarnings("ignore", "coroutine .* was never awaited")


class OrderRejected(Exception):
    pass


class Outer:
    class Inner(Exception):
        pass


class Unprintable(Exception):
    def __str__(self):
        raise ValueError("no text")


class WrongText(Exception):
    def __str__(self):
        return 5


class TextClass(str):
    pass


class OddText(Exception):
    def __str__(self):
        return TextClass("of a class")


class Fatal(BaseException):
    pass


def raise_(error):
    raise error


def chained():
    try:
        {}["missing"]
    except KeyError as error:
        raise OrderRejected("chained") from error


def in_context():
    try:
        {}["missing"]
    except KeyError:
        raise OrderRejected("in the context of another")


def recurse():
    return recurse()


def group():
    raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])  # noqa: F821


def with_notes():
    error = ValueError("noted")
    error.add_note("a note")
    raise error


def wrong_syntax():
    exec("def broken(:\n  pass")


def several_lines():
    return [
        raise_(
            ValueError(
                "over several lines",
            )
        )
    ]


def sub_module():
    import sub.bootstrap

    sub.bootstrap.fail()


ERRORS = {
    "an error": lambda: raise_(ValueError("why")),
    "an error without a message": lambda: raise_(ValueError()),
    "an error with two arguments": lambda: raise_(ValueError("a", 1)),
    "an error class": lambda: raise_(KeyError),
    "a KeyError": lambda: {}["ü"],
    "a custom error": lambda: raise_(OrderRejected("why")),
    "a nested class": lambda: raise_(Outer.Inner("why")),
    "a message with several lines": lambda: raise_(ValueError("one\n  two\n\nthree\n")),
    "a message outside ASCII": lambda: raise_(ValueError("ü€😀\u2028")),
    "a message with a null character": lambda: raise_(ValueError("a\0b\x1b[31m")),
    "a chained error": chained,
    "an error in the context of another": in_context,
    "a recursion error": recurse,
    "an exception group": group,
    "an error with notes": with_notes,
    "an error over several lines": several_lines,
    "a syntax error": wrong_syntax,
    "an import error": lambda: __import__("nowhere_at_all"),
    "an assertion": lambda: exec("assert 1 == 2, 'math'"),
    "an OSError": lambda: open("/nowhere/at/all"),
    "a Unicode error": lambda: b"\xff".decode(),
    "StopIteration": lambda: next(iter([])),
    "a memory error": lambda: raise_(MemoryError()),
    "a long message": lambda: raise_(ValueError("x" * 1500)),
    "a text of another class": lambda: raise_(OddText()),
    "a frame in a file named bootstrap.py": sub_module,
    # These end the process.
    "an error without a text": lambda: raise_(Unprintable()),
    "an error whose text is a number": lambda: raise_(WrongText()),
    "a message with a lone surrogate": lambda: raise_(ValueError("\ud800")),
    "sys.exit with 0": lambda: sys.exit(0),
    "sys.exit with 4": lambda: sys.exit(4),
    "sys.exit with a text": lambda: sys.exit("a text"),
    "sys.exit without a status": lambda: sys.exit(),
    "os._exit": lambda: os._exit(3),
    "KeyboardInterrupt": lambda: raise_(KeyboardInterrupt()),
    "GeneratorExit": lambda: raise_(GeneratorExit()),
    "CancelledError": lambda: raise_(asyncio.CancelledError()),
    "a BaseException": lambda: raise_(Fatal("fatal")),
}


def handler(event, context):
    return ERRORS[event]()


def no_arguments():
    return 1


def one_argument(event):
    return 1


def defaults(event=None, context=None, more=3):
    return more


class Callable:
    def __call__(self, event, context):
        return "called"

    def method(self, event, context):
        return "method"

    @staticmethod
    def fail(event, context):
        raise ValueError("in a method")


async def coroutine(event, context):
    return 1


def generator(event, context):
    yield 1


instance = Callable()
method = instance.method
fail = Callable.fail
not_callable = 5
nothing = None
builtin = print
