/* The texts of schema/insight.prompt.md and schema/insight.schema.json, which make builds in. */
#ifndef SP_INSIGHT_TEXTS_H
#define SP_INSIGHT_TEXTS_H

extern const char sp_insight_prompt_text[];
extern const char sp_insight_schema_text[];

#endif
