// A library in an adapter that belongs to the store: refused.
#include <soci/soci.h>
