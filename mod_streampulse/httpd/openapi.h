/* schema/openapi.yaml as the JSON that is served. */
#ifndef SP_OPENAPI_H
#define SP_OPENAPI_H

extern const char sp_openapi_json[];
extern const unsigned long sp_openapi_json_len;

#endif
