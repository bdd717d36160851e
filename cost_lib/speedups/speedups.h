/* What the parts of the compiled module share. */

#ifndef COSTMARK_SPEEDUPS_H
#define COSTMARK_SPEEDUPS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* Each part adds its names to the module; -1 with an exception set where it cannot. */
int add_append(PyObject *module);
int add_facts(PyObject *module);
int add_keeping(PyObject *module);
int add_recorded(PyObject *module);
int add_usual(PyObject *module);
int add_routes(PyObject *module);
int add_tee(PyObject *module);
int add_proxy(PyObject *module);
int add_sending(PyObject *module);

/* Append a line to a file if its descriptor still is that file: how many bytes were written; -1 if it is another one now, and then
 * nothing was, or with an exception set. */
Py_ssize_t append_line(int descriptor, uint64_t device, uint64_t inode, const char *line, size_t size);

#endif
