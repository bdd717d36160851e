/* What the parts of the compiled module share. */

#ifndef COSTMARK_SPEEDUPS_H
#define COSTMARK_SPEEDUPS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Each part adds its names to the module; -1 with an exception set where it cannot. */
int add_append(PyObject *module);

#endif
