#pragma once
// libedit's own interface (editline(3)). el_set, el_get and history are variadic: each use has a wrapper here.
#include <histedit.h>
#include <stdio.h>
