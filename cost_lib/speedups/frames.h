/* Frames of tags, and what else the proxy and the meter around ``send`` have in common. */

#ifndef COSTMARK_FRAMES_H
#define COSTMARK_FRAMES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Make a type of the module. */
int add_type(PyObject *module, PyType_Spec *spec);

/* Take what a Python module has under some names, new references; -1 with an exception set where one is missing. */
int take_parts(PyObject **parts, PyObject *names, const char *const *wanted, Py_ssize_t count);

/* Where objects of a class keep a slot; -1 with an exception set where it has none of that name. */
Py_ssize_t slot_of(PyObject *type, const char *name);

/* What a slot holds, borrowed; NULL where nothing was put there. Only for objects of exactly the class that was asked. */
static inline PyObject **
slot_at(PyObject *object, Py_ssize_t offset)
{
    return (PyObject **)((char *)object + offset);
}

/* The places of Frame in cost_lib/scope.py. */
enum { FRAME_TAGS, FRAME_OPERATION, FRAME_IS_SILENT, FRAME_OWNER, FRAME_OWN, FRAME_OUTER, FRAME_SIZE };

static inline int
is_frame(PyObject *object, PyTypeObject *type)
{
    return Py_IS_TYPE(object, type) && PyTuple_GET_SIZE(object) == FRAME_SIZE;
}

/* Make a frame of its parts, in the order of their places. */
PyObject *new_frame(PyTypeObject *type, PyObject *const *parts);

/* Set a context variable and forget its token: -1 with an exception set where that fails. */
int put_in_force(PyObject *current, PyObject *frame);

/* Call a function as a ``finally`` would, while an exception is being handled. */
PyObject *call_while_handling(PyObject *problem, PyObject *function, PyObject *const *args, size_t count);

#if PY_VERSION_HEX < 0x030C0000 /* the exception that was raised as one object: Python 3.12 has it */
static inline PyObject *
PyErr_GetRaisedException(void)
{
    PyObject *type, *value, *trace;

    PyErr_Fetch(&type, &value, &trace);
    if (type == NULL) {
        return NULL;
    }
    PyErr_NormalizeException(&type, &value, &trace);
    if (trace != NULL) {
        PyException_SetTraceback(value, trace);
        Py_DECREF(trace);
    }
    Py_DECREF(type);
    return value;
}

static inline void
PyErr_SetRaisedException(PyObject *value)
{
    PyErr_Restore(Py_NewRef((PyObject *)Py_TYPE(value)), value, PyException_GetTraceback(value));
}
#endif

#endif
