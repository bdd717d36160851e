"""Tag what a request of a web framework, or a task of a queue, spends: one module a framework, imported by name.

Each imports its framework only when the framework runs it. Tags that the program sets itself, nearer to the call, override these.
"""
