#pragma once
/// Messages with every field set to something random, and an exact comparison that does not use the
/// codec: both are written out field by field here, so that they disagree with a codec that forgets one.

#include <random>

#include "protocol/messages.hpp"

namespace klono::test {

using Random = std::mt19937_64;

/// A message of the given alternative.
protocol::Request random_request(Random& random, std::size_t index);
protocol::Reply random_reply(Random& random, std::size_t index);

/// Equal field by field; NaN equals NaN with the same bits.
bool same(const protocol::Request& a, const protocol::Request& b);
bool same(const protocol::Reply& a, const protocol::Reply& b);

}  // namespace klono::test
