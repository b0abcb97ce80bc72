"""Starts AWS's runtime interface client as /var/runtime/bootstrap.py does on Lambda."""
import os
import site
import sys

sys.dont_write_bytecode = True
task_root = os.environ["LAMBDA_TASK_ROOT"]
sources = os.environ.pop("CLIENT_SOURCES").split(os.pathsep)
os.environ["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + os.environ.pop("CLIENT_RUNTIME")
# The client doesn't accept the secret path of the address. The endpoint recognizes this process.
os.environ["AWS_LAMBDA_RUNTIME_API"] = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/")[0]
# On Lambda, the log has its own descriptor. Here, its frames are written to stdout, in order with other output.
os.environ["_LAMBDA_TELEMETRY_LOG_FD"] = str(os.dup(1))
sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), "standIn")
sys.path[1:1] = sources

import awslambdaric.__main__  # noqa: E402

sys.path[0 : 1 + len(sources)] = [task_root]
site.addsitedir(task_root)
os.environ["PYTHONPATH"] = os.environ["LAMBDA_RUNTIME_DIR"]
sys.path += sources
awslambdaric.__main__.main([task_root, os.environ["_HANDLER"]])
