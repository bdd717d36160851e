/* Pieces of bytes and text that somebody else holds. */

#ifndef COSTMARK_BYTES_H
#define COSTMARK_BYTES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <string.h>

#define SHORT 65536 /* bytes of a request that is searched whole */
#define EDGE 8192   /* bytes at each end of a longer one */

typedef struct {
    const char *data;
    size_t size;
} Bytes;

static inline int
bytes_of(PyObject *object, Bytes *found)
{
    if (object == NULL || !PyBytes_CheckExact(object)) {
        return 0;
    }
    *found = (Bytes){PyBytes_AS_STRING(object), (size_t)PyBytes_GET_SIZE(object)};
    return 1;
}

static inline int
text_of_unicode(PyObject *object, Bytes *found)
{
    Py_ssize_t size;
    const char *data = PyUnicode_Check(object) ? PyUnicode_AsUTF8AndSize(object, &size) : NULL;
    if (data == NULL) {
        PyErr_Clear();
        return 0;
    }
    *found = (Bytes){data, (size_t)size};
    return 1;
}

static inline int
starts_with(Bytes text, Bytes part)
{
    return text.size >= part.size && memcmp(text.data, part.data, part.size) == 0;
}

static inline int
ends_with(Bytes text, Bytes part)
{
    return text.size >= part.size && memcmp(text.data + text.size - part.size, part.data, part.size) == 0;
}

static inline int
contains(Bytes text, Bytes word)
{
    return memmem(text.data, text.size, word.data, word.size) != NULL;
}

static inline int
holds(Bytes content, Bytes word)
{
    if (content.size <= SHORT) {
        return contains(content, word);
    }
    return contains((Bytes){content.data, EDGE}, word) || contains((Bytes){content.data + content.size - EDGE, EDGE}, word);
}

static inline int
is_plain(Bytes text)
{
    for (size_t place = 0; place < text.size; place++) {
        unsigned char one = (unsigned char)text.data[place];
        if (one < 0x20 || one > 0x7e || one == '"' || one == '\\') {
            return 0;
        }
    }
    return 1;
}

/* Attributes of objects whose classes have __slots__ lie at fixed places. */
static inline PyObject *
slot(PyObject *object, Py_ssize_t offset)
{
    return *(PyObject **)((char *)object + offset);
}

/* Whether two are equal, an exception set where that cannot be said; they are held, as the one who gave them may have let them go. */
static inline int
same(PyObject *one, PyObject *other)
{
    if (one == other) {
        return 1;
    }
    Py_INCREF(one);
    Py_INCREF(other);
    int found = PyObject_RichCompareBool(one, other, Py_EQ) == 1;
    Py_DECREF(one);
    Py_DECREF(other);
    return found;
}

#endif
