/* Colours for new services and platforms. */
#ifndef SP_PALETTE_H
#define SP_PALETTE_H

/* Distinguishable, also for people who see red and green alike: Okabe and Ito's colours and Tableau's, darkened until they stand out on white. */
#define SP_PALETTE_SIZE 20

typedef struct {
    int used[SP_PALETTE_SIZE];
} sp_palette_t;

/* The well-known colour of a platform by its fold key; NULL where there is none. */
const char *sp_palette_brand(const char *fold);
/* Notes that something has this colour already. */
void sp_palette_note(sp_palette_t *palette, const char *color, int times);
/* The first of the colours that are used least; notes it. Constant text "#rrggbb". */
const char *sp_palette_next(sp_palette_t *palette);

#endif
