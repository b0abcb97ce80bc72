import json
import sys


def prints():
    print("stdout", end="")
    print(" on one line")
    print("a", "b", sep="\n")
    sys.stdout.write("written\n")
    sys.stdout.writelines(["l1\n", "l2\n"])
    sys.stdout.buffer.write(b"bytes\n")
    sys.stdout.flush()
    print("ü€😀")


def print_to_stderr():
    # Alone, because stdout and stderr are two pipes, which can be read in either order.
    print("stderr", file=sys.stderr)
    sys.stderr.write("written\n")


def print_surrogate():
    print("a\ud800")


def print_json():
    print(json.dumps({"level": "DEBUG", "message": "printed"}))
