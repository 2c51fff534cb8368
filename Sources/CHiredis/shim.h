#pragma once
// redisCommand is variadic: callers use redisCommandArgv.
#include <hiredis/hiredis.h>
