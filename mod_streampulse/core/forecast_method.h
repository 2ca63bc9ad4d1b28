/* Ways to go on with a series; for forecast.c only. */
#ifndef SP_FORECAST_METHOD_H
#define SP_FORECAST_METHOD_H

#include "forecast.h"

/* y[0] to y[count - 1]: a week each, NAN where there is no number; the last one is a number. Fills out[SP_FORECAST_HORIZON]. Returns 0 where it cannot. */
int sp_forecast_method_run(sp_forecast_method_e method, const double *y, int count, double *out);

#endif
