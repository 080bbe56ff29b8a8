#pragma once
/// A zip that is written from front to back, member after member, without knowing their sizes before.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace klono::synth {

/// Takes bytes to where they go; false where it cannot.
using ByteSink = std::function<bool(std::string_view)>;

/// Members of up to 4 GB, each with its checksum behind it (a data descriptor). A sink that refuses ends the writing.
class ZipStream {
 public:
  ZipStream(ByteSink sink, bool deflated);
  ~ZipStream();
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  void begin(const std::string& name);
  void add(std::string_view bytes);
  void end();

  /// Writes the directory. False where any byte was not taken.
  bool finish();

 private:
  struct Member;
  struct Deflating;

  void put(std::string_view bytes);
  void deflate_all(std::string_view bytes, bool last);

  ByteSink sink_;
  bool deflated_;
  bool good_ = true;
  std::uint64_t at_ = 0;
  std::vector<Member> members_;
  std::unique_ptr<Deflating> stream_;
};

}  // namespace klono::synth
