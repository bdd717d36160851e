/* What answers of one kind look like, as cost_lib/families/layouts.py learns it: pieces that follow each other. */

#ifndef COSTMARK_LAYOUT_H
#define COSTMARK_LAYOUT_H

#include "speedups.h"

#include <stdint.h>

#define MOST_COUNTS 12 /* in one pattern; more are not known */

/* The numbers are those of layouts.py */
typedef enum { EXACT = 0, SPACE = 1, COUNT = 2, DIGITS = 3, NUMBER = 4, WORD = 5, KINDS } PieceKind;

typedef struct {
    PieceKind kind;
    uint32_t length; /* of what must stand there exactly */
    const char *exact;
} Piece;

typedef struct {
    Piece *pieces;
    Py_ssize_t count;
    PyObject *source; /* the tuple of tuples that holds the bytes */
} Pattern;

/* Take (kind, bytes) pairs; -1 with an exception set where they are none. */
int pattern_read(Pattern *pattern, PyObject *pairs);
void pattern_free(Pattern *pattern);

/* Match at the beginning; give back where the match ends, NULL where there is none. Counts are written in their order. */
const char *pattern_match(const Pattern *pattern, const char *at, const char *end, int64_t counts[MOST_COUNTS]);

/* The last place of a word in the last bytes of a document, NULL where it is not there. */
const char *find_last(const char *data, size_t size, const char *word, size_t length);

#endif
