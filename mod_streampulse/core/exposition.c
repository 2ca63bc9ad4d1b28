/* Prometheus' text exposition format, version 0.0.4: a writer on an sp_out_t. */
#include "exposition.h"

#include <string.h>

#include <apr_strings.h>

#define NUMBER_SIZE 32
#define MILLION     1000000

void sp_exposition_init(sp_exposition_t *x, sp_out_t *out)
{
    x->out = out;
    x->family = "";
}

/* With the characters of special ("\\\n" or with the quotation mark) behind a backslash. */
static void write_escaped(sp_out_t *out, const char *text, const char *special)
{
    for (;;) {
        const apr_size_t len = strcspn(text, special);
        sp_out_write(out, text, len);
        text += len;
        if (!*text)
            return;
        sp_out_write(out, "\\", 1);
        sp_out_write(out, *text == '\n' ? "n" : text, 1);
        text++;
    }
}

void sp_exposition_family(sp_exposition_t *x, sp_metric_e type, const char *name, const char *help)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};

    x->family = name;
    sp_out_puts(x->out, "# HELP ");
    sp_out_puts(x->out, name);
    sp_out_puts(x->out, " ");
    write_escaped(x->out, help, "\\\n");
    sp_out_puts(x->out, "\n# TYPE ");
    sp_out_puts(x->out, name);
    sp_out_puts(x->out, " ");
    sp_out_puts(x->out, types[type]);
    sp_out_puts(x->out, "\n");
}

static void write_label(sp_out_t *out, int is_first, const char *name, const char *value)
{
    sp_out_puts(out, is_first ? "{" : ",");
    sp_out_puts(out, name);
    sp_out_puts(out, "=\"");
    write_escaped(out, value, "\\\n\"");
    sp_out_puts(out, "\"");
}

/* bound: of a histogram's class; NULL: none. */
static void write_sample(sp_exposition_t *x, const char *suffix, const sp_metric_label_t *labels, const char *bound, const char *value)
{
    int count = 0;

    sp_out_puts(x->out, x->family);
    sp_out_puts(x->out, suffix);
    for (; labels && labels[count].name; count++)
        write_label(x->out, !count, labels[count].name, labels[count].value);
    if (bound)
        write_label(x->out, !count++, "le", bound);
    sp_out_puts(x->out, count ? "} " : " ");
    sp_out_puts(x->out, value);
    sp_out_puts(x->out, "\n");
}

static const char *show_int(char text[NUMBER_SIZE], apr_uint64_t value)
{
    apr_snprintf(text, NUMBER_SIZE, "%" APR_UINT64_T_FMT, value);
    return text;
}

static const char *show_millionths(char text[NUMBER_SIZE], apr_uint64_t value)
{
    int end = apr_snprintf(text, NUMBER_SIZE, "%" APR_UINT64_T_FMT ".%06d", value / MILLION, (int)(value % MILLION));

    while (text[end - 1] == '0')
        end--;
    text[text[end - 1] == '.' ? end - 1 : end] = '\0';
    return text;
}

void sp_exposition_int(sp_exposition_t *x, const sp_metric_label_t *labels, apr_uint64_t value)
{
    char text[NUMBER_SIZE];

    write_sample(x, "", labels, NULL, show_int(text, value));
}

void sp_exposition_millionths(sp_exposition_t *x, const sp_metric_label_t *labels, apr_uint64_t value)
{
    char text[NUMBER_SIZE];

    write_sample(x, "", labels, NULL, show_millionths(text, value));
}

/* Others go on adding: the count is of what was read for the classes, so that it is never less than one of them. */
void sp_exposition_histogram(sp_exposition_t *x, const sp_metric_label_t *labels, const sp_histogram_t *histogram)
{
    char bound[NUMBER_SIZE], value[NUMBER_SIZE];
    apr_uint64_t below = 0;

    for (int i = 0; i <= SP_HISTOGRAM_BOUNDS; i++) {
        below += __atomic_load_n(&histogram->counts[i], __ATOMIC_RELAXED);
        write_sample(x, "_bucket", labels, i < SP_HISTOGRAM_BOUNDS ? show_millionths(bound, sp_histogram_bounds_us[i]) : "+Inf", show_int(value, below));
    }
    write_sample(x, "_sum", labels, NULL, show_millionths(value, __atomic_load_n(&histogram->sum_us, __ATOMIC_RELAXED)));
    write_sample(x, "_count", labels, NULL, show_int(value, below));
}
