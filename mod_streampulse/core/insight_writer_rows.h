/* What the statistical writer can say: for each part, in order, which facts and in which words. For the files insight_writer*.c only. */
#ifndef SP_INSIGHT_WRITER_ROWS_H
#define SP_INSIGHT_WRITER_ROWS_H

#include "fact.h"
#include "insight.h"

/* Whom a fact is about. */
typedef enum { SP_ABOUT_ALL, SP_ABOUT_SERVICE, SP_ABOUT_SERVICE_PLATFORM, SP_ABOUT_ALL_PLATFORM, SP_ABOUT_EVENT, SP_ABOUT_EVENT_PLATFORM } sp_about_e;

#define SP_ROW_FOCUS   0x001u /* sets the service and sign that the text is about */
#define SP_ROW_OF_IT   0x002u /* of that service and sign alone */
#define SP_ROW_LARGEST 0x004u /* strictly larger than others of its kind and sign */
#define SP_ROW_ONE     0x008u /* its value is 1 */
#define SP_ROW_AGAIN   0x010u /* may be said although another sentence said it */
#define SP_ROW_SEVERAL 0x020u /* where there are several services */
#define SP_ROW_RECENT  0x040u /* of the latest weeks */
#define SP_ROW_OTHER   0x080u /* of a service whose weeks ahead nothing was said about */
#define SP_ROW_EACH    0x100u /* one sentence of the kind for each service */
#define SP_ROW_LATE    0x200u /* also of a service whose latest week is long ago */

#define SP_WRITER_WORDINGS 3

/* text: "<kind>" becomes a reference to the fact of that kind with the same service, platform or event, "<kind.member>" one to its member. A text whose facts
 * are not all there is passed over. */
typedef struct {
    sp_part_e part;
    int slot;  /* rows of one slot are alternatives: the first that has a fact is taken, and among rows of one kind the most telling fact */
    int times; /* how many sentences the slot may give, each about another fact */
    const char *kind;
    sp_about_e about;
    int sign;           /* -1, 1; 0: any */
    double value_least; /* of its absolute value */
    double tells_least; /* of surprise */
    unsigned flags;
    const char *text[SP_WRITER_WORDINGS];
} sp_writer_row_t;

extern const sp_writer_row_t sp_writer_rows[];
extern const int sp_writer_row_count;

/* Most sentences of a part. */
extern const int sp_writer_sentences_max[SP_PART_COUNT];

#endif
