/* Blocks of 64 bytes to masks: bit i says something about byte i. */
#ifndef SP_SCAN_H
#define SP_SCAN_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SP_SCAN_BLOCK 64

/* The places of a, b, c and d. The portable form is also what the fast one is tested against. */
static inline uint64_t sp_scan_any4_portable(const char *block, char a, char b, char c, char d)
{
    uint64_t mask = 0;
    for (int i = 0; i < SP_SCAN_BLOCK; i++) {
        char x = block[i];
        mask |= (uint64_t)((x == a) | (x == b) | (x == c) | (x == d)) << i;
    }
    return mask;
}

/* The places of bytes that are not ASCII, and of NULs. */
static inline uint64_t sp_scan_odd_portable(const char *block)
{
    uint64_t mask = 0;
    for (int i = 0; i < SP_SCAN_BLOCK; i++) {
        mask |= (uint64_t)(block[i] == 0 || ((unsigned char)block[i] & 0x80) != 0) << i;
    }
    return mask;
}

#ifdef __SSE2__

static inline uint64_t sp_scan_any4(const char *block, char a, char b, char c, char d)
{
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c), vd = _mm_set1_epi8(d);
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(block + i * 16));
        __m128i ab = _mm_or_si128(_mm_cmpeq_epi8(x, va), _mm_cmpeq_epi8(x, vb));
        __m128i cd = _mm_or_si128(_mm_cmpeq_epi8(x, vc), _mm_cmpeq_epi8(x, vd));
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(ab, cd)) << (i * 16);
    }
    return mask;
}

static inline uint64_t sp_scan_odd(const char *block)
{
    const __m128i zero = _mm_setzero_si128();
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(block + i * 16));
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(x, _mm_cmpeq_epi8(x, zero))) << (i * 16);
    }
    return mask;
}

#else

/* 0x80 in each byte of word that equals the byte repeated in pattern; exact, without carries between bytes. */
static inline uint64_t sp_scan_equal_bytes(uint64_t word, uint64_t pattern)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t x = word ^ pattern;
    return ~(((x & low) + low) | x | low);
}

/* The 0x80 bits of word as eight bits, those of the byte that comes first in memory lowest. */
static inline uint64_t sp_scan_gather(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return ((word >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t sp_scan_any4(const char *block, char a, char b, char c, char d)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t pa = ones * (unsigned char)a, pb = ones * (unsigned char)b, pc = ones * (unsigned char)c, pd = ones * (unsigned char)d;
    uint64_t mask = 0, w;
    for (int i = 0; i < 8; i++) {
        memcpy(&w, block + i * 8, sizeof(w));
        uint64_t hit = sp_scan_equal_bytes(w, pa) | sp_scan_equal_bytes(w, pb) | sp_scan_equal_bytes(w, pc) | sp_scan_equal_bytes(w, pd);
        mask |= sp_scan_gather(hit) << (i * 8);
    }
    return mask;
}

static inline uint64_t sp_scan_odd(const char *block)
{
    uint64_t mask = 0, w;
    for (int i = 0; i < 8; i++) {
        memcpy(&w, block + i * 8, sizeof(w));
        mask |= sp_scan_gather((w & UINT64_C(0x8080808080808080)) | sp_scan_equal_bytes(w, 0)) << (i * 8);
    }
    return mask;
}

#endif

#endif
