/* Append one event to a file that is known to be there: the twin of Files.write in cost_lib/sinks/files.py. */

#include "speedups.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#ifdef __linux__
#include <sys/sysmacros.h>
#endif
#include <unistd.h>

PyDoc_STRVAR(append_doc,
"append($module, descriptor, device, inode, line, /)\n--\n\n"
"Append a line to a file if its descriptor still is that file; return how many bytes were written, or -1 if it is another one now.\n");

/* Whether a descriptor still is the file that was opened. Who asks for times makes the next write more expensive: the kernel then
 * writes finer ones, and with them the inode (Linux 6.13 and later), so where one may ask for less, one does. */
static int
is_still(int descriptor, uint64_t device, uint64_t inode)
{
#ifdef STATX_INO
    struct statx found;
    if (statx(descriptor, "", AT_EMPTY_PATH, STATX_INO | STATX_NLINK, &found) == 0) {
        return found.stx_ino == inode && makedev(found.stx_dev_major, found.stx_dev_minor) == (dev_t)device && found.stx_nlink > 0;
    }
    if (errno != ENOSYS && errno != EPERM) { /* not there, or a sandbox that does not know it */
        return 0;
    }
#endif
    struct stat known;
    return fstat(descriptor, &known) == 0 && known.st_ino == (ino_t)inode && known.st_dev == (dev_t)device && known.st_nlink > 0;
}

Py_ssize_t
append_line(int descriptor, uint64_t device, uint64_t inode, const char *line, size_t size)
{
    for (;;) {
        ssize_t written = -1;
        int problem = 0;

        Py_BEGIN_ALLOW_THREADS
        if (is_still(descriptor, device, inode)) {
            written = write(descriptor, line, size);
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
    Py_ssize_t written = append_line(descriptor, device, inode, PyBytes_AS_STRING(line), (size_t)PyBytes_GET_SIZE(line));
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
