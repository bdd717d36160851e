/* Match an answer against a layout, piece by piece: no piece can end in two places, so nothing is ever tried twice. */

#include "layout.h"

#include <string.h>

#define LONGEST_COUNT 12 /* digits */
#define LAST_BYTES 16384 /* of a document, in which its tail is looked for */

int
pattern_read(Pattern *pattern, PyObject *pairs)
{
    int counted = 0;
    Py_ssize_t size = PyTuple_Check(pairs) ? PyTuple_GET_SIZE(pairs) : -1;
    Piece *pieces = size > 0 ? PyMem_Calloc((size_t)size, sizeof(Piece)) : NULL;
    if (pieces == NULL) {
        PyErr_SetString(PyExc_ValueError, "a pattern is a tuple of pieces");
        return -1;
    }
    for (Py_ssize_t place = 0; place < size; place++) {
        int kind;
        const char *exact;
        Py_ssize_t length;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(pairs, place), "iy#", &kind, &exact, &length)) {
            PyMem_Free(pieces);
            return -1;
        }
        counted += kind == COUNT;
        if (kind < EXACT || kind >= KINDS || counted > MOST_COUNTS || length > INT32_MAX) {
            PyMem_Free(pieces);
            PyErr_SetString(PyExc_ValueError, "this pattern is not for us");
            return -1;
        }
        pieces[place] = (Piece){(PieceKind)kind, (uint32_t)length, exact};
    }
    pattern->pieces = pieces;
    pattern->count = size;
    pattern->source = Py_NewRef(pairs);
    return 0;
}

void
pattern_free(Pattern *pattern)
{
    PyMem_Free(pattern->pieces);
    pattern->pieces = NULL;
    Py_CLEAR(pattern->source);
}

static int
is_digit(char one)
{
    return one >= '0' && one <= '9';
}

static const char *
after_count(const char *at, const char *end, int64_t *count)
{
    const char *first = at;
    int64_t sum = 0;
    while (at < end && is_digit(*at)) {
        if (at - first >= LONGEST_COUNT) {
            return NULL;
        }
        sum = sum * 10 + (*at++ - '0');
    }
    *count = sum;
    return at == first || (*first == '0' && at - first > 1) ? NULL : at; /* JSON writes no zeros in front */
}

static const char *
after_digits(const char *at, const char *end)
{
    const char *first = at;
    while (at < end && is_digit(*at)) {
        at++;
    }
    return at == first ? NULL : at;
}

static const char *
after_number(const char *at, const char *end)
{
    at += at < end && *at == '-';
    if (at >= end || !is_digit(*at)) {
        return NULL;
    }
    while (at < end && (is_digit(*at) || *at == '.' || *at == 'e' || *at == 'E' || *at == '+' || *at == '-')) {
        at++;
    }
    return at;
}

static const char *
after_word(const char *at, const char *end)
{
    if (at >= end || *at != '"') {
        return NULL;
    }
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\') {
            return NULL;
        }
    }
    return at < end ? at + 1 : NULL;
}

const char *
pattern_match(const Pattern *pattern, const char *at, const char *end, int64_t counts[MOST_COUNTS])
{
    const Piece *last = pattern->pieces + pattern->count;
    for (const Piece *piece = pattern->pieces; piece < last && at != NULL; piece++) {
        switch (piece->kind) {
        case EXACT:
            at = (size_t)(end - at) >= piece->length && memcmp(at, piece->exact, piece->length) == 0 ? at + piece->length : NULL;
            break;
        case SPACE:
            while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) {
                at++;
            }
            break;
        case COUNT:
            at = after_count(at, end, counts++);
            break;
        case DIGITS:
            at = after_digits(at, end);
            break;
        case NUMBER:
            at = after_number(at, end);
            break;
        case WORD:
            at = after_word(at, end);
            break;
        default:
            return NULL;
        }
    }
    return at;
}

const char *
find_last(const char *data, size_t size, const char *word, size_t length)
{
    const char *lowest = size > LAST_BYTES ? data + size - LAST_BYTES : data;
    if (length == 0 || size < length) {
        return NULL;
    }
    for (const char *at = data + size - length; at >= lowest; at--) {
        if (*at == *word && memcmp(at, word, length) == 0) {
            return at;
        }
    }
    return NULL;
}
