/* Give events to where they go: the twin of _keep in cost_lib/record.py, and of what the usual sinks do with a line. */

#include "keeping.h"

#include "clock.h"
#include "speedups.h"

#include <errno.h>

#define DAY (86400 * NANO)

/* What the modules in Python have handed over. */
static struct {
    PyObject *state, *present_sink, *forgive, *files, *mapped;
} py;

static PyObject *n_lost, *n_sink, *n_open, *n_is_torn, *n_write, *n_put;

/* Append to a file of the sink in Python, where all is as usual; 1 done, 0 let the sink itself do it, -1 an exception. */
static int
keep_in_file(PyObject *sink, Bytes line, int64_t at)
{
    long long day;
    unsigned long long device, inode;
    int descriptor, found = 0;
    PyObject *is_torn = PyObject_GetAttr(sink, n_is_torn), *open = is_torn != NULL ? PyObject_GetAttr(sink, n_open) : NULL;
    if (open != NULL && is_torn == Py_False && PyTuple_Check(open)
        && PyArg_ParseTuple(open, "Li(KK)", &day, &descriptor, &device, &inode) && day == at / DAY) {
        Py_ssize_t written = append_line(descriptor, device, inode, line.data, line.size);
        /* a piece of it: the sink says so, and begins the next line anew */
        found = written == (Py_ssize_t)line.size ? 1 : written >= 0 ? (PyObject_SetAttr(sink, n_is_torn, Py_True), -1) : PyErr_Occurred() ? -1 : 0;
        if (found < 0 && !PyErr_Occurred()) {
            errno = ENOSPC;
            PyErr_SetFromErrno(PyExc_OSError);
        }
    }
    Py_XDECREF(is_torn);
    Py_XDECREF(open);
    return PyErr_Occurred() ? -1 : found;
}

/* Store in a mapping; 0 where it is full, or there is none. */
static int
keep_in_mapping(PyObject *sink, PyObject *line)
{
    PyObject *store = PyObject_GetAttr(sink, n_put), *stored = store != NULL ? PyObject_CallOneArg(store, line) : NULL;
    Py_XDECREF(store);
    if (stored == NULL && PyErr_ExceptionMatches(PyExc_ValueError)) {
        PyErr_Clear();
        return 0;
    }
    Py_XDECREF(stored);
    return stored == NULL ? -1 : 1;
}

static int
keep_elsewhere(PyObject *sink, Bytes line, int64_t at)
{
    PyObject *data = PyBytes_FromStringAndSize(line.data, (Py_ssize_t)line.size), *moment = NULL, *done = NULL;
    int kept = data == NULL ? -1 : (PyObject *)Py_TYPE(sink) == py.mapped ? keep_in_mapping(sink, data) : 0;
    if (kept == 0 && (moment = PyLong_FromLongLong(at)) != NULL) {
        done = PyObject_CallMethodObjArgs(sink, n_write, data, moment, NULL);
        kept = done != NULL;
    }
    Py_XDECREF(data);
    Py_XDECREF(moment);
    Py_XDECREF(done);
    return kept > 0 ? 0 : -1;
}

int
keep_line(Bytes line, int64_t at)
{
    PyObject *sink = PyObject_GetAttr(py.state, n_sink);
    if (sink != NULL && Py_IsNone(sink)) {
        Py_SETREF(sink, PyObject_CallNoArgs(py.present_sink));
    }
    if (sink == NULL) {
        return -1;
    }
    int kept = (PyObject *)Py_TYPE(sink) == py.files ? keep_in_file(sink, line, at) : 0;
    if (kept == 0) {
        kept = keep_elsewhere(sink, line, at);
    }
    Py_DECREF(sink);
    return kept < 0 ? -1 : 0;
}

PyObject *
forgiven(void)
{
    PyObject *kind, *problem, *trace;
    PyErr_Fetch(&kind, &problem, &trace);
    PyErr_NormalizeException(&kind, &problem, &trace);
    if (trace != NULL) {
        PyException_SetTraceback(problem, trace);
    }
    PyObject *answer = PyObject_CallFunctionObjArgs(py.forgive, problem, Py_True, NULL);
    if (answer == Py_True) {
        Py_XDECREF(kind);
        Py_XDECREF(problem);
        Py_XDECREF(trace);
        return answer;
    }
    if (answer == NULL) { /* it raised something else */
        Py_XDECREF(kind);
        Py_XDECREF(problem);
        Py_XDECREF(trace);
        return NULL;
    }
    Py_DECREF(answer);
    PyErr_Restore(kind, problem, trace);
    return NULL;
}

int
nothing_is_lost(void)
{
    PyObject *lost = py.state != NULL ? PyObject_GetAttr(py.state, n_lost) : NULL;
    int found = lost != NULL && PyLong_CheckExact(lost) && PyLong_AsLong(lost) == 0;
    Py_XDECREF(lost);
    return found;
}

PyDoc_STRVAR(use_mapped_doc,
"use_mapped($module, sink, /)\n--\n\n"
"Take the class of the sink that keeps events in a mapping: on some systems there is none.\n");

static PyObject *
use_mapped(PyObject *Py_UNUSED(module), PyObject *sink)
{
    Py_XSETREF(py.mapped, Py_NewRef(sink));
    Py_RETURN_NONE;
}

PyDoc_STRVAR(use_sinks_doc,
"use_sinks($module, state, present_sink, forgive, files, /)\n--\n\n"
"Take what holds the sink and counts the losses, what chooses a sink, what judges failures, and the class of the daily files.\n");

static PyObject *
use_sinks(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *state, *present_sink, *forgive, *files;
    if (!PyArg_ParseTuple(args, "OOOO:use_sinks", &state, &present_sink, &forgive, &files)) {
        return NULL;
    }
    Py_XSETREF(py.state, Py_NewRef(state));
    Py_XSETREF(py.present_sink, Py_NewRef(present_sink));
    Py_XSETREF(py.forgive, Py_NewRef(forgive));
    Py_XSETREF(py.files, Py_NewRef(files));
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"use_sinks", use_sinks, METH_VARARGS, use_sinks_doc},
    {"use_mapped", use_mapped, METH_O, use_mapped_doc},
    {NULL, NULL, 0, NULL},
};

int
add_keeping(PyObject *module)
{
    if ((n_lost = PyUnicode_InternFromString("lost")) == NULL || (n_sink = PyUnicode_InternFromString("sink")) == NULL
        || (n_open = PyUnicode_InternFromString("_open")) == NULL || (n_is_torn = PyUnicode_InternFromString("_is_torn")) == NULL
        || (n_write = PyUnicode_InternFromString("write")) == NULL || (n_put = PyUnicode_InternFromString("_put")) == NULL) {
        return -1;
    }
    return PyModule_AddFunctions(module, functions);
}
