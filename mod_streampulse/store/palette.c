/* Colours for new services and platforms. */
#include "palette.h"

#include <stddef.h>
#include <string.h>

static const char *const colors[SP_PALETTE_SIZE] = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a3e9d", "#8c564b", "#b5a400", "#17879c",
    "#4e79a7", "#b6323a", "#59913f", "#c44e88", "#8a6d1f", "#2f4b7c", "#6b6b6b", "#a05195", "#1b6e53", "#c2703d",
};

static const struct {
    const char *fold;
    const char *color;
} brands[] = {
    {"youtube", "#d6001c"},  {"facebook", "#1877f2"}, {"instagram", "#c13584"},    {"x", "#3a4046"},        {"tiktok", "#0f9ea6"}, {"telegram", "#229ed9"},
    {"zoom", "#2d5bff"},     {"twitch", "#9146ff"},   {"vimeo", "#1ab7ea"},        {"linkedin", "#0a66c2"}, {"mixlr", "#b83b32"},  {"spotify", "#1aa34a"},
    {"whatsapp", "#128c7e"}, {"website", "#8a6d1f"},  {"churchonline", "#e07a1f"}, {"rumble", "#5f9e1f"},
};

const char *sp_palette_brand(const char *fold)
{
    size_t i;

    for (i = 0; i < sizeof(brands) / sizeof(brands[0]); i++)
        if (strcmp(brands[i].fold, fold) == 0)
            return brands[i].color;
    return NULL;
}

void sp_palette_note(sp_palette_t *palette, const char *color, int times)
{
    int i;

    for (i = 0; i < SP_PALETTE_SIZE; i++)
        if (strcmp(colors[i], color) == 0)
            palette->used[i] += times;
}

const char *sp_palette_next(sp_palette_t *palette)
{
    int i, best = 0;

    for (i = 1; i < SP_PALETTE_SIZE; i++)
        if (palette->used[i] < palette->used[best])
            best = i;
    palette->used[best]++;
    return colors[best];
}
