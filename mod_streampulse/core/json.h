/* A JSON writer on an sp_out_t: commas and escaping are its business, structure the caller's. */
#ifndef SP_JSON_H
#define SP_JSON_H

#include "calendar.h"
#include "out.h"

#define SP_JSON_MAX_DEPTH 32

typedef struct {
    sp_out_t *out;
    int depth;
    unsigned char first[SP_JSON_MAX_DEPTH]; /* nothing written yet at this depth */
    unsigned char after_key;
} sp_json_t;

void sp_json_init(sp_json_t *j, sp_out_t *out);
void sp_json_object(sp_json_t *j);
void sp_json_object_end(sp_json_t *j);
void sp_json_array(sp_json_t *j);
void sp_json_array_end(sp_json_t *j);
void sp_json_key(sp_json_t *j, const char *key);
/* NULL writes null. Valid UTF-8 stays as it is; control characters, U+2028/9, '<', '>' and '&' are escaped (an answer shown as HTML by mistake stays text);
 * invalid UTF-8 becomes U+FFFD. */
void sp_json_string(sp_json_t *j, const char *s);
void sp_json_string_n(sp_json_t *j, const char *s, apr_size_t len);
void sp_json_int(sp_json_t *j, apr_int64_t v);
/* Shortest decimal that is exact to 6 significant digits after the point's need; null for NaN and infinities. */
void sp_json_double(sp_json_t *j, double v);
void sp_json_bool(sp_json_t *j, int v);
void sp_json_null(sp_json_t *j);
/* A count, or null for SP_VIEWERS_NONE. */
void sp_json_viewers(sp_json_t *j, apr_int64_t v);
/* "YYYY-MM-DD", or null for SP_DAY_NONE. */
void sp_json_day(sp_json_t *j, sp_day_t day);
/* "YYYY-MM-DDThh:mm:ssZ" from milliseconds since 1970 (UTC), without the quotes; NULL for 0. */
#define SP_JSON_TIME_SIZE 32
const char *sp_json_time_text(char buf[SP_JSON_TIME_SIZE], apr_int64_t ms);

/* key and value in one; a time that is 0 is null. */
void sp_json_kv_string(sp_json_t *j, const char *key, const char *s);
void sp_json_kv_int(sp_json_t *j, const char *key, apr_int64_t v);
void sp_json_kv_bool(sp_json_t *j, const char *key, int v);
void sp_json_kv_day(sp_json_t *j, const char *key, sp_day_t day);
void sp_json_kv_time(sp_json_t *j, const char *key, apr_int64_t ms);
void sp_json_kv_viewers(sp_json_t *j, const char *key, apr_int64_t v);
void sp_json_kv_null(sp_json_t *j, const char *key);

#endif
