# The runtime of local Python functions. Results, errors, and log lines match AWS's runtime interface client for Python.
# Uses only the standard library.
