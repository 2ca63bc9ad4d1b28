/* Claude as the configuration has it: whether it is asked, with which key, for which price. */
#ifndef SP_CLAUDE_H
#define SP_CLAUDE_H

#include "claude_author.h"
#include "sp_config.h"

/* pre_config: takes ANTHROPIC_API_KEY out of the environment, of which every process that httpd starts has a copy. */
void sp_claude_take_environment(void);
/* check_config: warns of a key file that the server's user cannot read. */
void sp_claude_check_config(apr_pool_t *ptemp, server_rec *main_server);
/* child_init: a process that serves requests has no use for the key. */
void sp_claude_child_init(void);

/* Whether there is a file for the key, or one came with the environment. */
int sp_claude_is_configured(const sp_server_config_t *sconf);
/* Fills claude for the insight process, whose log lines go to the server's log; NULL where it is not configured. */
const sp_claude_t *sp_claude_of(const sp_server_config_t *sconf, sp_claude_t *claude);
/* What an insight may cost at most where nothing is to be mended, in microdollars. */
apr_int64_t sp_claude_next_cost(const sp_server_config_t *sconf);

/* For the directives: what is wrong with the text, as the end of a sentence; NULL: nothing is. Pool: p. */
const char *sp_claude_endpoint_complaint(apr_pool_t *p, const char *text);
const char *sp_claude_model_complaint(apr_pool_t *p, const char *text);
const char *sp_claude_effort_complaint(apr_pool_t *p, const char *text);
const char *sp_claude_key_file_complaint(apr_pool_t *p, const char *text);
const char *sp_claude_ca_file_complaint(apr_pool_t *p, const char *text);

#endif
