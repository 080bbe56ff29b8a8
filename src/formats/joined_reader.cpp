#include "formats/joined_reader.hpp"

#include <algorithm>

#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

std::string slashed(std::string name) {
  std::replace(name.begin(), name.end(), '\\', '/');
  return name;
}

class JoinedReader final : public TableReader {
 public:
  JoinedReader(std::unique_ptr<TableReader> main, std::vector<std::unique_ptr<TableReader>> beside, FinishTable finish)
      : main_(std::move(main)), beside_(std::move(beside)), finish_(std::move(finish)) {}

  Result<bool> step() override {
    if (!main_done_) {
      KLONO_TRY(const bool more, main_->step());
      main_done_ = !more;
      return more || !beside_.empty();
    }
    if (next_ >= beside_.size()) return false;
    const Result<bool> more = beside_[next_]->step();
    if (!more.ok()) beside_[next_].reset();  // the recording itself is whole
    if (!more.ok() || !more.value()) ++next_;
    return next_ < beside_.size();
  }

  std::int64_t bytes_done() const override {
    std::int64_t sum = main_->bytes_done();
    for (const auto& reader : beside_) sum += reader ? reader->bytes_done() : 0;
    return sum;
  }
  std::int64_t bytes_total() const override {
    std::int64_t sum = main_->bytes_total();
    for (const auto& reader : beside_) sum += reader ? reader->bytes_total() : 0;
    return sum;
  }

  Result<RawTable> take() override {
    KLONO_TRY(RawTable table, main_->take());
    std::vector<std::optional<RawTable>> others;
    for (const auto& reader : beside_) {
      others.emplace_back();
      if (!reader) continue;
      if (Result<RawTable> taken = reader->take(); taken.ok()) others.back() = std::move(taken).value();
    }
    return finish_(std::move(table), std::move(others));
  }

 private:
  std::unique_ptr<TableReader> main_;
  std::vector<std::unique_ptr<TableReader>> beside_;
  FinishTable finish_;
  bool main_done_ = false;
  std::size_t next_ = 0;
};

}  // namespace

std::string leaf_of(const std::string& name) {
  const std::string path = slashed(name);
  return path.substr(path.find_last_of('/') + 1);
}

bool is_hidden(const std::string& name) { return contains(slashed(name), "__MACOSX/") || leaf_of(name).starts_with("."); }

const FileMember* member_at(const FileSet& files, std::string_view path) {
  for (const FileMember& member : files.members()) {
    const std::string name = slashed(member.name);
    if (is_hidden(name)) continue;
    if (name == path || name.ends_with("/" + std::string(path))) return &member;
  }
  return nullptr;
}

std::string text_of(const FileSet& files, const FileMember& member, std::size_t most_bytes) {
  std::string text;
  std::vector<std::byte> block(std::min<std::size_t>(most_bytes, 1 << 20));
  const std::shared_ptr<const ByteSource> source = files.read(member);
  while (text.size() < most_bytes) {
    const Result<std::size_t> got = source->read_at(static_cast<std::int64_t>(text.size()), block);
    if (!got || got.value() == 0) break;
    text.append(reinterpret_cast<const char*>(block.data()), got.value());
  }
  return text;
}

ReadOptions options_for(const FileMember& member, ReadOptions options) {
  options.file_name = leaf_of(member.name);
  options.member.clear();
  return options;
}

Result<std::unique_ptr<TableReader>> open_member(const FileSet& files, const FileMember& member, const ReadOptions& options) {
  return open_table(files.read(member), options_for(member, options));
}

Result<std::unique_ptr<TableReader>> read_joined(Result<std::unique_ptr<TableReader>> main, std::vector<std::unique_ptr<TableReader>> beside, FinishTable finish) {
  if (!main) return main;
  return std::unique_ptr<TableReader>(std::make_unique<JoinedReader>(std::move(main).value(), std::move(beside), std::move(finish)));
}

}  // namespace klono::formats
