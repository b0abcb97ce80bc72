# The files outside the code folder that a function has loaded, such as those of a linked package of the workspace.
import os
import sys

# The maximum number of files that are reported, and the maximum length of all their paths in characters.
MAX_FILES = 500
MAX_CHARACTERS = 65_536
INSTALLED = {"site-packages", "dist-packages"}


def file_of(module):
    try:
        # Unlike getattr, this doesn't load a lazy module.
        path = object.__getattribute__(module, "__dict__").get("__file__")
    except Exception:
        return None
    return path if isinstance(path, str) else None


class LoadedFiles:
    def __init__(self, task_root):
        runtime = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        library = os.path.dirname(os.__file__)
        folders = (task_root, runtime, library, sys.base_prefix + os.sep + "lib")
        # The code folder itself is watched anyway, but not what its links refer to.
        self.ignored = tuple(os.path.realpath(folder) + os.sep for folder in folders)
        self.reported = set()
        self.characters = 0
        self.count = 0

    def new(self):
        """The files since the last call, except those of installed packages and of Python itself."""
        try:
            return self.find()
        except Exception:
            return []  # the function has replaced something that this needs

    def find(self):
        if len(sys.modules) == self.count:
            return []
        self.count = len(sys.modules)
        files = []
        for module in list(sys.modules.values()):
            path = file_of(module)
            if path is None or path in self.reported:
                continue
            self.reported.add(path)
            real = os.path.realpath(path)
            if real.startswith(self.ignored) or not INSTALLED.isdisjoint(real.split(os.sep)):
                continue
            self.characters += len(real)
            if len(files) == MAX_FILES or self.characters > MAX_CHARACTERS:
                break
            files.append(real)
        return files
