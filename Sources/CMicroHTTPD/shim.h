#pragma once
// MHD_start_daemon is variadic: its uses have wrappers here.
#include <microhttpd.h>
