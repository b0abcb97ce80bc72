# Waits until a debugger attaches, and then runs the program in its arguments. debugpy connects to the local endpoint and
# doesn't open a port.
import json
import os
import runpy
import sys


def main():
    settings = json.loads(os.environ.pop("LAMBDA_INVOKE_DEBUGGER"))
    variables = dict(os.environ)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning would be in the function's log
    folder = os.path.dirname(settings["debugpy"])
    # Only during the import, because the folder can contain other packages.
    sys.path.insert(0, folder)
    import debugpy

    # Otherwise, child processes would connect to the same port, which is already closed.
    debugpy.configure(subProcess=False)
    debugpy.connect(("127.0.0.1", settings["port"]), access_token=settings["token"])
    sys.path.remove(folder)
    debugpy.wait_for_client()
    for name in set(os.environ) - set(variables):
        del os.environ[name]
    os.environ.update(variables)
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
