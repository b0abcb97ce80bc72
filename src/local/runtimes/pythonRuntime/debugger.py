# Waits for a debugger of debugpy, and then runs the program in its arguments. debugpy connects to the local endpoint, and
# opens no port.
import json
import os
import runpy
import sys


def main():
    settings = json.loads(os.environ.pop("LAMBDA_INVOKE_DEBUGGER"))
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning would be in the function's log
    variables = dict(os.environ)
    folder = os.path.dirname(settings["debugpy"])
    # Only for the import: the folder can contain other packages.
    sys.path.insert(0, folder)
    import debugpy

    # Child processes would connect to the same port, which is closed by then.
    debugpy.configure(subProcess=False)
    debugpy.connect(("127.0.0.1", settings["port"]), access_token=settings["token"])
    sys.path.remove(folder)
    debugpy.wait_for_client()
    for name in set(os.environ) - set(variables) | {"PYDEVD_DISABLE_FILE_VALIDATION"}:
        del os.environ[name]
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
