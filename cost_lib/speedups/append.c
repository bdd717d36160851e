/* Append one event to a file that is known to be there: the twin of Files.write in cost_lib/sinks/files.py. */

#include "speedups.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

PyDoc_STRVAR(append_doc,
"append($module, descriptor, device, inode, line, /)\n--\n\n"
"Append a line to a file if its descriptor still is that file; return how many bytes were written, or -1 if it is another one now.\n");

Py_ssize_t
append_line(int descriptor, unsigned long long device, unsigned long long inode, PyObject *line)
{
    const char *data = PyBytes_AS_STRING(line);
    size_t size = (size_t)PyBytes_GET_SIZE(line);
    struct stat found;
    for (;;) {
        ssize_t written = -1;
        int problem = 0;

        Py_BEGIN_ALLOW_THREADS
        if (fstat(descriptor, &found) == 0 && found.st_ino == (ino_t)inode && found.st_dev == (dev_t)device && found.st_nlink > 0) {
            written = write(descriptor, data, size);
            problem = written < 0 ? errno : 0;
        }
        Py_END_ALLOW_THREADS

        if (problem == 0) {
            return written;
        }
        if (problem != EINTR) {
            errno = problem;
            PyErr_SetFromErrno(PyExc_OSError);
            return -1;
        }
        if (PyErr_CheckSignals() < 0) { /* nothing was written: as os.write does, look after signals and try again */
            return -1;
        }
    }
}

static PyObject *
append(PyObject *Py_UNUSED(module), PyObject *args)
{
    int descriptor;
    unsigned long long device, inode;
    PyObject *line;
    if (!PyArg_ParseTuple(args, "iKKS:append", &descriptor, &device, &inode, &line)) {
        return NULL;
    }
    Py_ssize_t written = append_line(descriptor, device, inode, line);
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(written);
}

static PyMethodDef functions[] = {
    {"append", append, METH_VARARGS, append_doc},
    {NULL, NULL, 0, NULL},
};

int
add_append(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
