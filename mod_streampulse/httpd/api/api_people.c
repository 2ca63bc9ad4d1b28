/* GET /api/people: who has been here, and who is signed in; DELETE /api/sessions/{id}. */
#include "api.h"

#include <string.h>

#include "cognito.h"
#include "dbd.h"
#include "people.h"
#include "pin_line.h"
#include "reply.h"
#include "role_groups.h"
#include "sessions.h"
#include "tokens.h"

typedef struct {
    const apr_array_header_t *people;   /* of sp_person_t */
    const apr_array_header_t *sessions; /* of sp_session_t; NULL: nobody signs in by PIN */
    const apr_array_header_t *tokens;   /* of sp_token_t */
} found_t;

static const char *const notes[] = {
    "Somebody is added, given a role and removed at the login provider: StreamPulse holds no accounts. The commands are for AWS Cognito; with another provider "
    "do the same there.",
    "A role is a group at the provider. Who loses a group loses the role here at the next refresh of their session, after an hour at most with the provider's "
    "usual settings.",
    "Sessions of the provider are kept by mod_auth_openidc and cannot be ended from here. \"Sign out\" at the provider ends them at the next refresh; to end "
    "all of them at once, "
    "restart httpd where they are kept in its memory, or empty the cache they are kept in.",
    "Disabling somebody and signing them out does not end the tokens they made: revoke those as well.",
    "The PIN is one for all. To shut somebody out who knows it, write another one (streampulse-admin pin): all of its sessions end with it.",
    NULL,
};

static apr_int64_t now_of(const sp_req_t *q)
{
    return apr_time_as_msec(q->r->request_time);
}

static void write_session(sp_req_t *q, sp_json_t *j, const sp_session_t *session)
{
    sp_json_object(j);
    sp_json_kv_string(j, "id", session->id);
    sp_json_kv_string(j, "user", session->actor);
    sp_json_kv_string(j, "role", sp_role_name(session->role));
    sp_json_kv_time(j, "created_at", session->created_ms);
    sp_json_kv_time(j, "seen_at", session->seen_ms);
    sp_json_kv_string(j, "address", session->address);
    sp_json_kv_string(j, "agent", session->agent);
    sp_json_kv_bool(j, "current", q->who.session_id && strcmp(q->who.session_id, session->id) == 0);
    sp_json_object_end(j);
}

/* Of each role the groups that the person is in, and the first, which is the one to be put into. */
static apr_array_header_t *list_groups(sp_req_t *q, const char *groups)
{
    apr_array_header_t *list = apr_array_make(q->p, 4, sizeof(sp_cognito_group_t));
    const char *name;

    for (sp_role_e role = SP_ROLE_VIEWER; role <= SP_ROLE_ADMIN; role++) {
        for (int i = 0; (name = sp_role_groups_name(&q->conf->groups, role, i)); i++) {
            int member = sp_role_groups_hold(groups, name);
            if (member || i == 0)
                APR_ARRAY_PUSH(list, sp_cognito_group_t) = (sp_cognito_group_t){name, sp_role_name(role), member};
        }
    }
    return list;
}

/* name NULL: adding somebody. */
static void write_steps(sp_req_t *q, sp_json_t *j, const char *name, const char *groups)
{
    apr_array_header_t *of_roles = list_groups(q, groups);
    apr_array_header_t *steps = sp_cognito_steps(q->p, q->conf->cognito_pool, name, (const sp_cognito_group_t *)of_roles->elts, of_roles->nelts);

    sp_json_key(j, "steps");
    sp_json_array(j);
    for (int i = 0; i < steps->nelts; i++) {
        const sp_cognito_step_t *step = &APR_ARRAY_IDX(steps, i, sp_cognito_step_t);
        sp_json_object(j);
        sp_json_kv_string(j, "action", step->action);
        sp_json_kv_string(j, "summary", step->summary);
        sp_json_kv_string(j, "command", step->command);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void write_tokens_of(sp_req_t *q, sp_json_t *j, const char *name, const apr_array_header_t *tokens)
{
    sp_json_key(j, "tokens");
    sp_json_array(j);
    for (int i = 0; i < tokens->nelts; i++) {
        const sp_token_t *token = &APR_ARRAY_IDX(tokens, i, sp_token_t);
        if (strcmp(token->created_by, name) != 0 || sp_tokens_state(token, now_of(q)) != SP_TOKEN_LIVE)
            continue;
        sp_json_object(j);
        sp_json_kv_int(j, "id", token->id);
        sp_json_kv_string(j, "name", token->name);
        sp_json_kv_string(j, "role", sp_role_name(token->role));
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void write_person(sp_req_t *q, sp_json_t *j, const sp_person_t *person, const found_t *found)
{
    const int by_pin = strcmp(person->method, sp_identity_method_name(SP_METHOD_PIN)) == 0;

    sp_json_object(j);
    sp_json_kv_string(j, "name", person->name);
    sp_json_kv_string(j, "method", person->method);
    sp_json_kv_string(j, "role", sp_role_name(person->role));
    sp_json_kv_string(j, "role_from", by_pin ? "pin" : "groups");
    sp_json_kv_string(j, "groups", person->groups);
    sp_json_kv_time(j, "first_seen", person->first_ms);
    sp_json_kv_time(j, "last_seen", person->last_ms);
    sp_json_kv_bool(j, "can_end_sessions", by_pin);
    write_tokens_of(q, j, person->name, found->tokens);
    if (by_pin) {
        sp_json_key(j, "steps");
        sp_json_array(j);
        sp_json_array_end(j);
    } else {
        write_steps(q, j, person->name, person->groups);
    }
    sp_json_object_end(j);
}

static void write_how_to(sp_req_t *q, sp_json_t *j)
{
    sp_json_key(j, "how_to");
    sp_json_object(j);
    sp_json_kv_string(j, "pool", q->conf->cognito_pool);
    sp_json_key(j, "notes");
    sp_json_array(j);
    for (const char *const *note = notes; *note; note++)
        sp_json_string(j, *note);
    sp_json_array_end(j);
    write_steps(q, j, NULL, NULL);
    sp_json_object_end(j);
}

static apr_status_t reply_people(sp_req_t *q, const found_t *found)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "people");
    sp_json_array(&j);
    for (int i = 0; i < found->people->nelts; i++)
        write_person(q, &j, &APR_ARRAY_IDX(found->people, i, sp_person_t), found);
    sp_json_array_end(&j);
    sp_json_key(&j, "sessions");
    sp_json_array(&j);
    for (int i = 0; found->sessions && i < found->sessions->nelts; i++)
        write_session(q, &j, &APR_ARRAY_IDX(found->sessions, i, sp_session_t));
    sp_json_array_end(&j);
    write_how_to(q, &j);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

/* credential NULL: there is no PIN, and so there are no sessions. */
static apr_status_t read_found(sp_req_t *q, sp_db_t *db, const char *credential, found_t *found)
{
    const apr_int64_t now_ms = now_of(q);
    const sp_session_limits_t limits = sp_identity_session_limits(q);
    apr_array_header_t *people, *tokens, *sessions = NULL;
    apr_status_t rv = sp_db_begin_read(db, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_people_list(db, q->p, now_ms, q->sconf->people_days, &people, &q->err);
    if (rv == APR_SUCCESS)
        rv = sp_tokens_list(db, q->p, &tokens, &q->err);
    if (rv == APR_SUCCESS && credential)
        rv = sp_sessions_list(db, q->p, credential, now_ms, &limits, &sessions, &q->err);
    if (rv == APR_SUCCESS)
        *found = (found_t){people, sessions, tokens};
    return rv;
}

/* A PIN's file that cannot be read: none of its sessions counts at this moment, and people are shown all the same. */
static const char *read_credential(sp_req_t *q)
{
    const char *line;

    return sp_pin_line_get(q, &line) == APR_SUCCESS ? line : NULL;
}

apr_status_t sp_api_people_get(sp_req_t *q)
{
    const char *credential = read_credential(q);
    found_t found;
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = read_found(q, db, credential, &found);
    sp_dbd_release(q, db);
    return rv == APR_SUCCESS ? reply_people(q, &found) : rv;
}

static apr_status_t reply_ended(sp_req_t *q, const sp_session_t *session)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "session");
    write_session(q, &j, session);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

apr_status_t sp_api_sessions_delete(sp_req_t *q)
{
    sp_session_t session;
    sp_db_t *db;
    apr_status_t rv = sp_identity_require_person(q);

    if (rv == APR_SUCCESS)
        rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_sessions_end_public(db, q->p, q->arg, &session, &q->err);
    rv = sp_dbd_release_written(q, db, rv);
    return rv == APR_SUCCESS ? reply_ended(q, &session) : rv;
}
