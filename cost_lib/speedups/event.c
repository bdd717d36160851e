/* Write the line of an event, as cost_lib/metering/routes.py does. */

#include "event.h"

void
put_bytes(Text *text, Bytes piece)
{
    put(text, piece.data, piece.size);
}

static void
put_count(Text *text, const char *name, size_t size, int64_t count)
{
    put(text, name, size);
    put_number(text, count);
}

#define PUT_COUNT(text, name, count) put_count((text), (name), sizeof(name) - 1, (count))

void
put_event(Text *text, const Told *told, const Spent *spent, const int64_t parts[METERS], int64_t cost)
{
    const Answered *one = spent->one;
    PUT(text, "{\"v\":1,\"ts\":\"");
    put_bytes(text, told->time);
    put_digits(text, told->at % NANO / 1000, 6);
    PUT(text, "Z\",\"event_id\":\"");
    put_bytes(text, told->event);
    put_number(text, told->next);
    PUT(text, "\",\"operation_id\":\"");
    put_bytes(text, told->operation);
    put_number(text, told->next);
    put_bytes(text, one->before);
    put_number(text, spent->counts[SPENT]);
    PUT_COUNT(text, ",\"cache_read_tokens\":", spent->counts[READ]);
    PUT_COUNT(text, ",\"cache_write_5m_tokens\":", spent->counts[WRITTEN]);
    PUT_COUNT(text, ",\"cache_write_1h_tokens\":", spent->counts[HOUR]);
    PUT_COUNT(text, ",\"output_tokens\":", spent->counts[MADE]);
    PUT_COUNT(text, ",\"reasoning_tokens\":", spent->reasoned);
    PUT_COUNT(text, ",\"usage_source\":\"reported\",\"cost_nano_usd\":", cost);
    PUT(text, ",\"cost_split\":{");
    put_split(text, spent->counts, parts);
    put_bytes(text, one->after);
    put_number(text, told->taken / 1000000);
    PUT(text, ".");
    put_digits(text, told->taken / 1000 % 1000, 3);
    PUT(text, ",\"status\":\"ok\"");
    if (told->given.size) {
        PUT(text, ",\"provider_request_id\":\"");
        put_bytes(text, told->given);
        PUT(text, "\"");
    }
    if (told->own != NULL) {
        put_bytes(text, told->says_first);
    }
    put_bytes(text, told->says);
    PUT(text, "}\n");
}
