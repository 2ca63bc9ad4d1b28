/* Which PINs are too easy to guess. */
#ifndef SP_PIN_STRENGTH_H
#define SP_PIN_STRENGTH_H

/* What is wrong with a PIN, as the end of "this PIN will not do: ..."; NULL: nothing. */
const char *sp_pin_strength_fault(const char *pin);

#endif
