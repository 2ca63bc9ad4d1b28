/* Texts in UTF-8: white space as people leave it in cells, and where they can be cut. */
#ifndef SP_TEXT_H
#define SP_TEXT_H

#include <apr.h>

/* How many bytes the white-space character at s has (Unicode's White_Space: the ASCII ones, U+00A0, U+202F, U+3000, …); 0 where there is none. */
apr_size_t sp_text_space(const char *s, apr_size_t len);

/* Moves *s and *len so that no white space surrounds the text. */
void sp_text_trim(const char **s, apr_size_t *len);

/* How long the longest part from its beginning is that has at most max bytes and ends between two characters. */
apr_size_t sp_text_cut(const char *s, apr_size_t max);

/* Whether both are the same, or both NULL. */
int sp_text_same(const char *a, const char *b);

#endif
