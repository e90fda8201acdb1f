// Only the file that verifies signatures may: refused.
#include <openssl/hmac.h>
