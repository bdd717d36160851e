/* Write text into a buffer of fixed size. */

#include "text.h"

#include <string.h>

void
put(Text *text, const char *piece, size_t length)
{
    if ((size_t)(text->end - text->at) < length) {
        text->is_full = 1;
        return;
    }
    memcpy(text->at, piece, length);
    text->at += length;
}

void
put_number(Text *text, int64_t number)
{
    char digits[20];
    char *first = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0) {
        PUT(text, "-");
    }
    put(text, first, (size_t)(digits + sizeof digits - first));
}

void
put_digits(Text *text, int64_t number, int width)
{
    char digits[20];
    for (int place = width; place-- > 0; number /= 10) {
        digits[place] = (char)('0' + number % 10);
    }
    put(text, digits, (size_t)width);
}
