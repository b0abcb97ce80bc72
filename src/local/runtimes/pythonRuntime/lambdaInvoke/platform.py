# The modules that Lambda's runtime adds to Python, and the shared memory that it lacks.
import errno
import importlib.machinery
import os
import sys

# The modules of AWS's runtime interface client that functions import, and the modules here with the same classes.
CLIENT_MODULES = {
    "awslambdaric.bootstrap": "logs",
    "awslambdaric.lambda_context": "context",
    "awslambdaric.lambda_runtime_exception": "faults",
    "awslambdaric.lambda_runtime_log_utils": "jsonFormatter",
    "awslambdaric.lambda_runtime_marshaller": "marshaller",
    "snapshot_restore_py": "snapshots",
}


class RuntimeModules:
    """Finds the modules that Lambda's runtime includes, unless the function includes them itself."""

    def find_spec(self, name, path=None, target=None):
        if name != "awslambdaric" and name not in CLIENT_MODULES:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=name == "awslambdaric")

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        source = CLIENT_MODULES.get(module.__name__)
        if source is not None:
            package = __name__.rpartition(".")[0]
            members = vars(importlib.import_module(f"{package}.{source}"))
            module.__dict__.update({name: value for name, value in members.items() if not name.startswith("__")})


# Lambda has no /dev/shm, so shared memory and the locks, queues, and pools of multiprocessing fail.
NEEDS_SHARED_MEMORY = {"_multiprocessing": "SemLock", "_posixshmem": "shm_open"}


def not_implemented(*args, **kwargs):
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def remove_shared_memory(module):
    name = NEEDS_SHARED_MEMORY[module.__name__]
    original = getattr(module, name, None)
    if isinstance(original, type):
        # Importing multiprocessing reads the other attributes of this class.
        setattr(module, name, type(name, (original,), {"__new__": not_implemented}))
    else:
        setattr(module, name, not_implemented)


class NoSharedMemory:
    """Finds the modules that use shared memory, and loads them without it."""

    def __init__(self, loader=None):
        self.loader = loader

    def find_spec(self, name, path=None, target=None):
        if name not in NEEDS_SHARED_MEMORY:
            return None
        finders = (importlib.machinery.BuiltinImporter, importlib.machinery.PathFinder)
        spec = next(filter(None, (finder.find_spec(name) for finder in finders)), None)
        if spec is not None:
            spec.loader = NoSharedMemory(spec.loader)
        return spec

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        remove_shared_memory(module)


def install_import_hooks():
    sys.meta_path.insert(0, NoSharedMemory())
    sys.meta_path.append(RuntimeModules())
