/* Other names that platforms are known by. */
#ifndef SP_NAME_ALIAS_H
#define SP_NAME_ALIAS_H

/* The fold key a platform's fold key stands for: "yt" -> "youtube"; fold itself where it is no alias. */
const char *sp_name_alias_platform(const char *fold);

#endif
