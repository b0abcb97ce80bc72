# JSON as AWS's runtime interface client writes it, with simplejson and its default settings: decimals as numbers, named
# tuples as objects, bytes as text, and NaN and Infinity unquoted.
# Loaded only if the standard library's encoder would write a result differently.
import math
import sys
from json.encoder import encode_basestring, encode_basestring_ascii


def encode_float(value):
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(value)


def encode_key(key):
    if isinstance(key, str):
        return key
    if isinstance(key, bytes):
        return str(key, "utf-8")
    if isinstance(key, float):
        return encode_float(key)
    if key is True or key is False or key is None:
        return {True: "true", False: "false", None: "null"}[key]
    if isinstance(key, int):
        return int.__repr__(key)
    raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")


def fields_of(value):
    """The fields of a named tuple, or of another object with an _asdict method. None if it has no such method."""
    method = getattr(value, "_asdict", None)
    if not callable(method):
        return None
    try:
        fields = method()
    except TypeError:
        return None
    if not isinstance(fields, dict):
        raise TypeError(f"_asdict() must return a dict, not {type(fields).__name__}")
    return fields


def encode_default(value):
    # A result can contain decimals only if the function has imported the module. Importing it here would take time.
    decimal = sys.modules.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        return "NaN" if value.is_nan() else str(value)
    raise TypeError(f"Object of type {value.__class__.__name__} is not JSON serializable")


class Encoder:
    """Collects the parts of the JSON of one value."""

    def __init__(self, encode_text):
        self.encode_text = encode_text
        self.parts = []
        self.parents = set()

    def add(self, value):
        add_part = self.parts.append
        if isinstance(value, str):
            add_part(self.encode_text(value if type(value) is str else str.__str__(value)))
        elif isinstance(value, bytes):
            add_part(self.encode_text(str(value, "utf-8")))
        elif value is None:
            add_part("null")
        elif value is True:
            add_part("true")
        elif value is False:
            add_part("false")
        elif isinstance(value, int):
            add_part(int.__repr__(value))
        elif isinstance(value, float):
            add_part(encode_float(value))
        else:
            self.add_object(value)

    def add_object(self, value):
        fields = fields_of(value)
        if fields is not None:
            self.add_dict(fields)
        elif isinstance(value, (list, tuple)):
            self.add_list(value)
        elif isinstance(value, dict):
            self.add_dict(value)
        else:
            self.parts.append(encode_default(value))

    def enter(self, value):
        if id(value) in self.parents:
            raise ValueError("Circular reference detected")
        self.parents.add(id(value))

    def add_list(self, values):
        self.enter(values)
        separator = "["
        for value in values:
            self.parts.append(separator)
            separator = ", "
            self.add(value)
        self.parts.append("]" if values else "[]")
        self.parents.discard(id(values))

    def add_dict(self, fields):
        self.enter(fields)
        separator = "{"
        for key, value in fields.items():
            self.parts.append(f"{separator}{self.encode_text(encode_key(key))}: ")
            separator = ", "
            self.add(value)
        self.parts.append("}" if fields else "{}")
        self.parents.discard(id(fields))


def encode_any(value, is_ascii):
    encoder = Encoder(encode_basestring_ascii if is_ascii else encode_basestring)
    encoder.add(value)
    return "".join(encoder.parts)
