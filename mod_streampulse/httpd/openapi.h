/* schema/openapi.yaml as the JSON that is served, and what it lists. */
#ifndef SP_OPENAPI_H
#define SP_OPENAPI_H

extern const char sp_openapi_json[];
extern const unsigned long sp_openapi_json_len;

/* The names of the dashboard's views, which are its addresses below the mount too; NULL-terminated. */
extern const char *const sp_openapi_views[];

#endif
