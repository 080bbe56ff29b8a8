#include "base/result.hpp"

#pragma clang diagnostic error "-Wunused-result"
#pragma GCC diagnostic error "-Wunused-result"

klono::Result<int> read();

void use() {
#ifdef RIGHT
  const klono::Result<int> result = read();
  (void)result.ok();
#else
  read();
#endif
}
