/* Noting who is here. */
#ifndef SP_VISITORS_H
#define SP_VISITORS_H

#include <httpd.h>

struct sp_req_t;

/* A page that asks by itself whether something is new says so: nobody need be in front of it. */
int sp_visitors_nobody_there(const struct sp_req_t *q);

/* Notes a person (not a token, which has a note of its own) at most once a minute. Never in the way: nothing is noted where the database is busy. */
void sp_visitors_note(struct sp_req_t *q);
/* Notes that somebody of the login provider signs out, which ends nothing here. In the same way. */
void sp_visitors_note_sign_out(struct sp_req_t *q);

#endif
