/* White space as people leave it in cells, in UTF-8. */
#ifndef SP_TEXT_H
#define SP_TEXT_H

#include <apr.h>

/* How many bytes the white-space character at s has (Unicode's White_Space: the ASCII ones, U+00A0, U+202F, U+3000, …); 0 where there is none. */
apr_size_t sp_text_space(const char *s, apr_size_t len);

/* Moves *s and *len so that no white space surrounds the text. */
void sp_text_trim(const char **s, apr_size_t *len);

#endif
