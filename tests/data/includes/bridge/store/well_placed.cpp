// As it should be.
#include <soci/soci.h>

#include <vector>

#include "adapters/result.hpp"
#include "rules/time.hpp"
