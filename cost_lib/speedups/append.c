/* Append one event to a file that is known to be there: the twin of Files.write in cost_lib/sinks/files.py. */

#include "speedups.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

PyDoc_STRVAR(append_doc,
"append($module, descriptor, device, inode, line, /)\n--\n\n"
"Append a line to a file if its descriptor still is that file; return how many bytes were written, or -1 if it is another one now.\n");

static PyObject *
append(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    if (count != 4 || !PyBytes_CheckExact(args[3])) {
        PyErr_SetString(PyExc_TypeError, "append takes a descriptor, a device, an inode and a line");
        return NULL;
    }
    int descriptor = (int)PyLong_AsLong(args[0]);
    dev_t device = (dev_t)PyLong_AsUnsignedLongLong(args[1]);
    ino_t inode = (ino_t)PyLong_AsUnsignedLongLong(args[2]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    const char *line = PyBytes_AS_STRING(args[3]);
    size_t length = (size_t)PyBytes_GET_SIZE(args[3]);
    struct stat found;
    ssize_t written = -1;
    int problem = 0;

    Py_BEGIN_ALLOW_THREADS
    if (fstat(descriptor, &found) == 0 && found.st_ino == inode && found.st_dev == device && found.st_nlink > 0) {
        written = write(descriptor, line, length);
        problem = written < 0 ? errno : 0;
    }
    Py_END_ALLOW_THREADS

    if (problem == EINTR) { /* nothing was written: as os.write does, look after signals and try again */
        return PyErr_CheckSignals() < 0 ? NULL : append(module, args, count);
    }
    if (problem) {
        errno = problem;
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return PyLong_FromSsize_t(written);
}

static PyMethodDef functions[] = {
    {"append", (PyCFunction)(void (*)(void))append, METH_FASTCALL, append_doc},
    {NULL, NULL, 0, NULL},
};

int
add_append(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
