# Imports from folders below /opt that the function adds to sys.path. Lambda extracts layers there.
import os
import pkgutil
import sys

OPT = "/opt"
# The folders in /opt that an entry can map, as in `python=folder`. Other entries map /opt itself.
TARGETS = ("python", "nodejs")


def folder_in_entry(entry, below):
    """The folder of an entry for a path below /opt. None if it doesn't exist."""
    target, _, folder = entry.partition("=")
    if target in TARGETS:
        if below != target and not below.startswith(f"{target}/"):
            return None
        below = below[len(target) :].lstrip("/")
    else:
        folder = entry
    path = os.path.join(folder, below)
    return path if os.path.isdir(path) else None


class LayerFinder:
    """Finds modules in the same folder of several layers."""

    def __init__(self, folders):
        self.finders = [finder for finder in map(pkgutil.get_importer, folders) if finder is not None]

    def find_spec(self, name, target=None):
        namespace = None
        for finder in self.finders:
            spec = finder.find_spec(name, target)
            if spec is not None and spec.loader is not None:
                return spec
            if spec is not None and namespace is not None:
                namespace.submodule_search_locations.extend(spec.submodule_search_locations)
            namespace = namespace or spec
        return namespace

    def invalidate_caches(self):
        for finder in self.finders:
            finder.invalidate_caches()


def install(entries):
    """Maps folders below /opt in sys.path to the folders of layers. Others are looked up on this machine."""
    def layer_hook(path):
        if path != OPT and not path.startswith(f"{OPT}/"):
            raise ImportError("not in /opt")
        below = path[len(OPT) :].strip("/")
        folders = [folder for entry in entries if (folder := folder_in_entry(entry, below))]
        if not folders:
            raise ImportError("not in a layer")
        return LayerFinder(folders)

    sys.path_hooks.insert(0, layer_hook)
