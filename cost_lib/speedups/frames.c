/* Frames of tags, slots of Python classes, names of Python modules: what several parts of the compiled module need. */

#include "frames.h"

#include <structmember.h>

Py_ssize_t
slot_of(PyObject *type, const char *name)
{
    PyObject *found = PyObject_GetAttrString(type, name);
    Py_ssize_t offset = -1;

    if (found == NULL) {
        return -1;
    }
    if (Py_IS_TYPE(found, &PyMemberDescr_Type) && ((PyMemberDescrObject *)found)->d_member->type == T_OBJECT_EX) {
        offset = ((PyMemberDescrObject *)found)->d_member->offset;
    } else {
        PyErr_Format(PyExc_TypeError, "%s is no slot", name);
    }
    Py_DECREF(found);
    return offset;
}

PyObject *
new_frame(PyTypeObject *type, PyObject *const *parts)
{
    PyObject *frame = type->tp_alloc(type, FRAME_SIZE);

    if (frame != NULL) {
        for (Py_ssize_t at = 0; at < FRAME_SIZE; at++) {
            PyTuple_SET_ITEM(frame, at, Py_NewRef(parts[at]));
        }
    }
    return frame;
}

int
put_in_force(PyObject *current, PyObject *frame)
{
    PyObject *token = PyContextVar_Set(current, frame);

    Py_XDECREF(token);
    return token == NULL ? -1 : 0;
}

PyObject *
call_while_handling(PyObject *problem, PyObject *function, PyObject *const *args, size_t count)
{
    PyObject *before = PyErr_GetHandledException();

    PyErr_SetHandledException(problem);
    PyObject *found = PyObject_Vectorcall(function, args, count, NULL);
    PyErr_SetHandledException(before);
    Py_XDECREF(before);
    return found;
}

int
take_parts(PyObject **parts, PyObject *names, const char *const *wanted, Py_ssize_t count)
{
    for (Py_ssize_t at = 0; at < count; at++) {
        PyObject *name = PyUnicode_FromString(wanted[at]);
        PyObject *found = name == NULL ? NULL : PyDict_GetItemWithError(names, name);
        Py_XDECREF(name);
        if (found == NULL) {
            if (!PyErr_Occurred()) {
                PyErr_Format(PyExc_NameError, "there is no %s", wanted[at]);
            }
            return -1;
        }
        parts[at] = Py_NewRef(found);
    }
    return 0;
}

int
add_type(PyObject *module, PyType_Spec *spec)
{
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    int done = type == NULL ? -1 : PyModule_AddType(module, (PyTypeObject *)type);

    Py_XDECREF(type);
    return done;
}
