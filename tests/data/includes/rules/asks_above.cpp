// A rule that asks the service: refused.
#include "bridge/log.hpp"
