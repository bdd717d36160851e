/* Give events to where they go. */

#ifndef COSTMARK_KEEPING_H
#define COSTMARK_KEEPING_H

#include "bytes.h"

#include <stdint.h>

#define MOST_BYTES 4096 /* of an event */

/* Whether no event was lost of which the next one would have to tell. */
int nothing_is_lost(void);

/* Give a line to where events go: -1 with an exception set where that fails. */
int keep_line(Bytes line, int64_t at);

/* After an exception in there: True where the caller's call goes on, NULL with the exception where it does not. */
PyObject *forgiven(void);

#endif
