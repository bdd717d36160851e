/* Write text into a buffer of fixed size; who writes past its end is told so at the end, and nothing is written there. */

#ifndef COSTMARK_TEXT_H
#define COSTMARK_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *at;
    char *end;
    int is_full;
} Text;

void put(Text *text, const char *piece, size_t length);
void put_number(Text *text, int64_t number);            /* in decimal */
void put_digits(Text *text, int64_t number, int width); /* not below zero, with zeros in front */

#define PUT(text, literal) put((text), (literal), sizeof(literal) - 1)

#endif
