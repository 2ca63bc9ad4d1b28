/* Prometheus' text exposition format, version 0.0.4: a writer on an sp_out_t. Escaping and the shape of lines are its business; that each family is there once is the caller's. */
#ifndef SP_EXPOSITION_H
#define SP_EXPOSITION_H

#include "histogram.h"
#include "out.h"

#define SP_EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

typedef enum { SP_METRIC_COUNTER, SP_METRIC_GAUGE, SP_METRIC_HISTOGRAM } sp_metric_e;

typedef struct {
    const char *name, *value; /* the value: UTF-8 */
} sp_metric_label_t;

typedef struct {
    sp_out_t *out;
    const char *family; /* that was begun last */
} sp_exposition_t;

void sp_exposition_init(sp_exposition_t *x, sp_out_t *out);
/* Whatever is written next is of this family. name: as Prometheus wants names, kept until the next family. */
void sp_exposition_family(sp_exposition_t *x, sp_metric_e type, const char *name, const char *help);

/* A sample. labels: up to a row whose name is NULL; NULL: none. */
void sp_exposition_int(sp_exposition_t *x, const sp_metric_label_t *labels, apr_uint64_t value);
/* A number of millionths, exactly: 1500000 is 1.5. */
void sp_exposition_millionths(sp_exposition_t *x, const sp_metric_label_t *labels, apr_uint64_t value);
/* All samples of a histogram, in seconds. */
void sp_exposition_histogram(sp_exposition_t *x, const sp_metric_label_t *labels, const sp_histogram_t *histogram);

#endif
