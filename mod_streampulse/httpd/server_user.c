/* Who serves requests, and which files that user can read. */
#include "server_user.h"

#include <unistd.h>

#include <unixd.h>

int sp_server_user_reads(const apr_finfo_t *info)
{
    if (geteuid() != 0)
        return access(info->fname, R_OK) == 0;
    if (info->user == ap_unixd_config.user_id)
        return (info->protection & APR_FPROT_UREAD) != 0;
    if (info->group == ap_unixd_config.group_id)
        return (info->protection & APR_FPROT_GREAD) != 0;
    return (info->protection & APR_FPROT_WREAD) != 0;
}

const char *sp_server_user_name(void)
{
    return ap_unixd_config.user_name ? ap_unixd_config.user_name : "GROUP";
}
