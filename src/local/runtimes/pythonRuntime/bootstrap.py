# Starts the runtime of local Python functions, as /var/runtime/bootstrap.py does on Lambda.
import importlib
import os
import site
import sys

# No module of a function can have this name.
PACKAGE = "lambda invoke"


def load_runtime(here):
    package = type(sys)(PACKAGE)
    package.__path__ = [os.path.join(here, "lambdaInvoke")]
    sys.modules[PACKAGE] = package
    return [importlib.import_module(f"{PACKAGE}.{name}") for name in ("bootstrap", "loadedFiles", "pipes", "platform")]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    if os.path.abspath(sys.path[0]) == here:
        del sys.path[0]  # handlers can't import from this folder
    bootstrap, loaded_files, pipes, platform = load_runtime(here)
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    sys.path.insert(0, task_root)
    platform.install_import_hooks()
    modules = os.environ.pop("LAMBDA_INVOKE_MODULES", "")
    sys.path[1:1] = modules = modules.split(os.pathsep) if modules else []
    for folder in [task_root, *modules]:
        site.addsitedir(folder)  # for its .pth files
    opt = os.environ.pop("LAMBDA_INVOKE_OPT", "")
    if opt:
        importlib.import_module(f"{PACKAGE}.layers").install(opt.split(os.pathsep))
    sdk = os.environ.pop("LAMBDA_INVOKE_SDK", "")
    sys.path += [sdk] if sdk else []
    os.environ.setdefault("PYTHONPATH", os.environ["LAMBDA_RUNTIME_DIR"])
    bootstrap.run(os.environ["_HANDLER"], pipes.Pipes(loaded_files.LoadedFiles(task_root)))


# A process that multiprocessing spawns imports this file, too.
if __name__ == "__main__":
    main()
