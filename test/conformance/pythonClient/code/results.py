import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import pathlib
import uuid
import warnings
from decimal import Decimal

# Written when the result is freed: in the log of this event, or of the next one.
warnings.filterwarnings("ignore", "coroutine .* was never awaited")

Point = collections.namedtuple("Point", "x y")


class Color(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    HIGH = 3


class Name(str, enum.Enum):
    ANNA = "anna"


class OddInt(int):
    def __repr__(self):
        return "odd"

    __str__ = __repr__


class OddFloat(float):
    def __repr__(self):
        return "odd"


class OddText(str):
    def __str__(self):
        return "odd"


class WithFields:
    def __init__(self, fields):
        self.fields = fields

    def _asdict(self):
        if isinstance(self.fields, Exception):
            raise self.fields
        return self.fields

    def for_json(self):
        return "for_json"


class WithArgument(tuple):
    def _asdict(self, _):
        return {}


class DictWithFields(dict):
    def _asdict(self):
        return {"own": True}


@dataclasses.dataclass
class Order:
    id: int = 1


def circular():
    value = {"list": []}
    value["list"].append(value)
    return value


def wide_circular():
    value = []
    value.extend([value] * 1000)
    return value


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def deep_tuple():
    value = Point(1, 2)
    for _ in range(100_000):
        value = [value]
    return value


async def coroutine():
    return 1


RESULTS = {
    "none": lambda: None,
    "true": lambda: True,
    "text": lambda: "ü€😀",
    "control characters": lambda: "".join(map(chr, range(40))) + '\\/"\x7f\x80\xa0\u2028\u2029\ufeff\uffff',
    "a lone surrogate": lambda: "a\ud800b",
    "a lone surrogate in a key": lambda: {"\udfff": 1},
    "nested text": lambda: {"ü": ["€", {"😀": "\u2028"}]},
    "integers": lambda: [0, -1, 2**53 + 1, 10**30, -(10**30)],
    "an integer of 5,000 digits": lambda: 10**5000,
    "floats": lambda: [0.1, -0.0, 1e16, 1e-7, 1.0, 1e300, 5e-324, 123456789.123456789],
    "NaN and infinities": lambda: [float("nan"), float("inf"), -float("inf")],
    "empty": lambda: [[], {}, (), "", [[]], {"a": {}}],
    "a tuple": lambda: (1, (2, "3")),
    "a named tuple": lambda: Point(1, [Point("ü", None)]),
    "a list of named tuples": lambda: [Point(1, 2), Point(3, 4)],
    "a set": lambda: {1, 2},
    "a frozen set": lambda: {"nested": frozenset([1])},
    "decimals": lambda: [Decimal(text) for text in ("1.10", "-0", "1E+2", "1E-10", "0E-8", "123456789012345678901234567890.5")],
    "a decimal": lambda: Decimal("1.50"),
    "decimals that aren't numbers": lambda: [Decimal("NaN"), Decimal("-NaN"), Decimal("sNaN123"), Decimal("Infinity"), Decimal("-Infinity")],
    "a decimal in a dict": lambda: {"price": Decimal("19.90"), "ü": Decimal(2)},
    "a decimal as a key": lambda: {Decimal("1.5"): 1},
    "a float of a decimal": lambda: float(Decimal("0.1")),
    "a date": lambda: datetime.date(2026, 1, 2),
    "a date and time": lambda: {"at": datetime.datetime(2026, 1, 2)},
    "a time delta": lambda: [datetime.timedelta(1)],
    "bytes": lambda: b'{"a": 1}',
    "bytes that aren't JSON": lambda: b"plain \xff",
    "bytes in a list": lambda: [b"text", "ü".encode()],
    "bytes in a dict": lambda: {"a": b"text"},
    "bytes as a key": lambda: {b"key": 1},
    "bytes that aren't UTF-8": lambda: [b"\xff"],
    "bytes as a key that aren't UTF-8": lambda: {b"\xff": 1},
    "a byte array": lambda: bytearray(b"x"),
    "a memory view": lambda: memoryview(b"x"),
    "an array": lambda: array.array("i", [1]),
    "an enum": lambda: Color.RED,
    "an integer enum": lambda: [Level.HIGH, {Level.HIGH: Level.HIGH}],
    "a text enum": lambda: [Name.ANNA, {Name.ANNA: Name.ANNA}],
    "an odd integer": lambda: [OddInt(5), {OddInt(6): 1}],
    "an odd float": lambda: [OddFloat(1.5), {OddFloat(2.5): 1}],
    "an odd text": lambda: [OddText("own"), {OddText("key"): 1}],
    "an odd text alone": lambda: OddText("own"),
    "keys": lambda: {1: 1, 1.5: 2, True: 3, None: 4, False: 5, float("inf"): 6, 10**20: 7},
    "a key that isn't a number": lambda: {float("nan"): 1, -float("inf"): 2},
    "keys with the same text": lambda: {1: "number", "1": "text"},
    "a tuple as a key": lambda: {(1, 2): 1},
    "an object as a key": lambda: {Color.RED: 1},
    "a wrong key and a wrong value": lambda: {"a": {1}, (1,): 1},
    "an ordered dict": lambda: collections.OrderedDict(b=1, a=2),
    "a default dict": lambda: collections.defaultdict(list, {"a": [1]}),
    "a counter": lambda: collections.Counter("hello"),
    "a chain map": lambda: collections.ChainMap({"a": 1}),
    "a user dict": lambda: collections.UserDict({"a": 1}),
    "a deque": lambda: collections.deque([1]),
    "a data class": lambda: Order(),
    "a class": lambda: Order,
    "a function": lambda: circular,
    "a lambda": lambda: (lambda: 1),
    "a generator": lambda: (n for n in range(3)),
    "a range": lambda: range(3),
    "a map": lambda: map(str, [1]),
    "dict views": lambda: {"a": 1}.keys(),
    "an exception": lambda: ValueError("x"),
    "an object": lambda: {"o": object()},
    "a complex number": lambda: 1 + 2j,
    "a fraction": lambda: fractions.Fraction(1, 3),
    "a UUID": lambda: uuid.UUID(int=1),
    "a path": lambda: pathlib.PurePosixPath("/tmp"),
    "a coroutine": coroutine,
    "an object with fields": lambda: [WithFields({"a": Decimal("1.0")}), {"nested": WithFields({})}],
    "an object whose fields are a list": lambda: WithFields([1]),
    "an object whose fields raise a TypeError": lambda: WithFields(TypeError("no")),
    "an object whose fields raise a ValueError": lambda: WithFields(ValueError("no")),
    "a tuple whose fields need an argument": lambda: WithArgument((1, 2)),
    "a dict with fields": lambda: DictWithFields(a=1),
    "a circular value": circular,
    "a wide circular value": wide_circular,
    "shared values": lambda: [[1]] * 3,
    "100,000 levels": deep,
    "100,000 levels with a named tuple": deep_tuple,
    "300 levels": lambda: __import__("functools").reduce(lambda value, _: {"a": [value]}, range(150), Decimal("1.0")),
}


def handler(event, context):
    return RESULTS[event]()


def echo(event, context):
    return event


def echo_repr(event, context):
    return ascii(event)


def size(event, context):
    return len(str(event))
