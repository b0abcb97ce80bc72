"""Starts AWS's runtime interface client as /var/runtime/bootstrap.py does on Lambda."""
import os
import site
import sys

sys.dont_write_bytecode = True
task_root, sources = os.environ["LAMBDA_TASK_ROOT"], os.environ.pop("PARTNER_SOURCES")
os.environ["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + os.environ.pop("PARTNER_RUNTIME")
# The client doesn't accept the secret path of the address. The endpoint recognizes this process.
os.environ["AWS_LAMBDA_RUNTIME_API"] = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/")[0]
# Lambda receives the log through its own descriptor. Here, the frames are part of stdout, which keeps their order.
os.environ["_LAMBDA_TELEMETRY_LOG_FD"] = str(os.dup(1))
sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), "standIn")
sys.path[1:1] = sources.split(os.pathsep)

import awslambdaric.__main__  # noqa: E402

sys.path[0 : 1 + len(sources.split(os.pathsep))] = [task_root]
site.addsitedir(task_root)
os.environ["PYTHONPATH"] = os.environ["LAMBDA_RUNTIME_DIR"]
for name in sources.split(os.pathsep):
    sys.path.append(name)
awslambdaric.__main__.main([task_root, os.environ["_HANDLER"]])
