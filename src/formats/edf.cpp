#include "formats/edf.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

#include "base/words.hpp"
#include "formats/edf_annotations.hpp"
#include "formats/edf_channels.hpp"
#include "formats/edf_header.hpp"
#include "formats/packets.hpp"

namespace klono::formats {
namespace {

constexpr std::int64_t kStepBytes = 1 << 20;
constexpr std::int64_t kLargeRecord = 1 << 14;        // of larger ones only the annotations are read at first
constexpr std::int64_t kMostInPacket = 65535;         // samples
constexpr std::size_t kMostAnnotations = 100'000;     // chosen: a night scored in seconds has 30 000
constexpr double kSameTime_s = 1e-3;                  // and half a sample: a record that begins later than this follows a gap

/// A file whose records were found; shared by the recordings that are made of it.
struct EdfFile {
  std::shared_ptr<const ByteSource> source;
  EdfHeader header;
  std::vector<double> starts_s;  ///< of the records since the first one; empty where they follow each other
  std::vector<Annotation> annotations;
  std::vector<Warning> warnings;
  WallClock start;               ///< of the first record

  double start_of(std::int64_t record) const {
    return starts_s.empty() ? static_cast<double>(record) * header.record_s : starts_s[static_cast<std::size_t>(record)];
  }
};

double sample_at(const std::byte* at, std::int64_t width) {
  std::uint32_t bits = 0;
  for (std::int64_t k = 0; k < width; ++k) bits |= std::to_integer<std::uint32_t>(at[k]) << (8 * k + 8 * (4 - width));
  return static_cast<double>(static_cast<std::int32_t>(bits) >> (8 * (4 - width)));
}

void decode_signal(const EdfSignal& signal, std::int64_t width, double factor, const std::byte* at, std::span<float> into) {
  for (float& value : into) {
    value = static_cast<float>(factor * (signal.offset + signal.gain * sample_at(at, width)));
    at += width;
  }
}

/// Channels of one rate; the packets are records, or parts of very long ones.
class EdfGroup final : public PacketFormat {
 public:
  EdfGroup(std::shared_ptr<const EdfFile> file, std::vector<EdfChannel> channels, PacketFacts facts)
      : file_(std::move(file)), channels_(std::move(channels)), facts_(std::move(facts)) {
    begin_ = std::numeric_limits<std::int64_t>::max();
    for (const EdfChannel& channel : channels_) {
      const EdfSignal& signal = signal_of(channel);
      begin_ = std::min(begin_, signal.at);
      end_ = std::max(end_, signal.at + signal.count * file_->header.width);
    }
    count_ = signal_of(channels_.front()).count;
    fill_in_facts();
  }

  PacketList packets() const {
    PacketList list;
    const EdfHeader& header = file_->header;
    const double rate = header.rate_of(signal_of(channels_.front()));
    const double tolerance_s = kSameTime_s + 0.5 / rate;
    for (std::int64_t r = 0; r < header.records; ++r) {
      const double start_s = file_->start_of(r);
      const bool follows = r == 0 || std::abs(start_s - file_->start_of(r - 1) - header.record_s) <= tolerance_s;
      for (std::int64_t at = 0; at < count_; at += kMostInPacket) {
        Packet packet;
        packet.offset = header.begin + r * header.record_bytes + begin_;
        packet.bytes = static_cast<std::uint32_t>(end_ - begin_);
        packet.count = static_cast<std::uint16_t>(std::min(kMostInPacket, count_ - at));
        packet.start_s = start_s + static_cast<double>(at) / rate;
        packet.join = follows || at > 0 ? PacketJoin::Follows : PacketJoin::Lost;
        list.add(packet);
      }
    }
    return list;
  }

  Result<bool> scan(PacketList&) override { return false; }
  std::int64_t bytes_done() const override { return file_->source->size(); }
  std::int64_t bytes_total() const override { return file_->source->size(); }
  PacketFacts facts() const override { return facts_; }
  const ByteSource& bytes() const override { return *file_->source; }

  bool decode(const Packet& packet, std::span<const std::byte> bytes, std::span<const std::span<float>> into) const override {
    const std::int64_t skipped = packet.first % count_;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      if (into[c].empty()) continue;
      const EdfSignal& signal = signal_of(channels_[c]);
      const std::int64_t width = file_->header.width;
      decode_signal(signal, width, channels_[c].factor, bytes.data() + (signal.at - begin_ + skipped * width), into[c]);
    }
    return true;
  }

 private:
  const EdfSignal& signal_of(const EdfChannel& channel) const { return file_->header.signals[channel.signal]; }

  void fill_in_facts() {
    facts_.start = file_->start;
    facts_.nominal_rate_hz = file_->header.rate_of(signal_of(channels_.front()));
    facts_.has_clock = !file_->starts_s.empty();
    for (const EdfChannel& channel : channels_) {
      const EdfSignal& signal = signal_of(channel);
      facts_.channels.push_back({signal.label, channel.unit, signal.unit, channel.role});
      if (channel.role <= ChannelRole::AccelerationZ) facts_.range_g = std::max(facts_.range_g, channel.factor * signal.largest);
    }
    facts_.has_gravity = channels_.front().role == ChannelRole::AccelerationX;
  }

  std::shared_ptr<const EdfFile> file_;
  std::vector<EdfChannel> channels_;
  PacketFacts facts_;
  std::int64_t begin_ = 0;  // of the channels' bytes within a record
  std::int64_t end_ = 0;
  std::int64_t count_ = 0;  // samples a record
};

std::string name_of(const EdfHeader& header) {
  using enum EdfHeader::Kind;
  const Word names[2][3] = {{Word::clinical_name_edf, Word::clinical_name_edf_plus, Word::clinical_name_edf_d},
                            {Word::clinical_name_bdf, Word::clinical_name_bdf_plus, Word::clinical_name_bdf_d}};
  return std::string(word(names[header.is_bdf() ? 1 : 0][static_cast<std::size_t>(header.kind)]));
}

class EdfReader final : public TableReader {
 public:
  EdfReader(std::shared_ptr<const ByteSource> source, EdfHeader header, const ReadOptions& options) : choice_(choose_edf_channels(header, options)) {
    file_.source = std::move(source);
    file_.header = std::move(header);
    file_.start = file_.header.start;
    for (const EdfSignal& signal : file_.header.signals) {
      if (!signal.annotations) continue;
      if (notes_end_ == 0) notes_begin_ = signal.at;
      notes_end_ = signal.at + signal.count * file_.header.width;
    }
  }

  Result<bool> step() override {
    const EdfHeader& header = file_.header;
    if (notes_end_ == 0) record_ = header.records;
    const std::int64_t each = header.record_bytes < kLargeRecord ? header.record_bytes : notes_end_ - notes_begin_;
    for (std::int64_t done = 0; record_ < header.records && done < kStepBytes;) {
      const std::int64_t count = header.record_bytes < kLargeRecord ? std::min(header.records - record_, kStepBytes / header.record_bytes) : 1;
      bytes_.resize(static_cast<std::size_t>((count - 1) * header.record_bytes + notes_end_ - notes_begin_));
      KLONO_TRY(const std::size_t got, file_.source->read_at(header.begin + record_ * header.record_bytes + notes_begin_, bytes_));
      if (got < bytes_.size()) std::fill(bytes_.begin() + static_cast<std::ptrdiff_t>(got), bytes_.end(), std::byte{0});
      for (std::int64_t k = 0; k < count; ++k) read_notes(std::span<const std::byte>(bytes_).subspan(static_cast<std::size_t>(k * header.record_bytes)));
      record_ += count;
      done += count * each;
    }
    return record_ < header.records;
  }

  std::int64_t bytes_done() const override { return std::min(file_.source->size(), file_.header.begin + record_ * file_.header.record_bytes); }
  std::int64_t bytes_total() const override { return file_.source->size(); }

  Result<Recording> take_recording(const ReadOptions&) override {
    settle();
    return recording();
  }

  Result<RawTable> take() override {
    settle();
    RawTable table;
    table.format = name_of(file_.header);
    table.start = shared_->start;
    table.annotations = shared_->annotations;
    table.warnings = shared_->warnings;
    table.unit_basis = UnitBasis::Written;
    table.gravity_known = true;
    add_columns(table);
    const std::vector<EdfChannel>& main = choice_.movement.empty() ? choice_.emg : choice_.movement;
    if (!main.empty()) table.time.nominal_rate_hz = shared_->header.rate_of(shared_->header.signals[main.front().signal]);
    Result<Recording> made = recording();
    if (made) table.recording = std::move(made).value();
    else table.refusal = std::move(made).error();
    return table;
  }

 private:
  void read_notes(std::span<const std::byte> bytes) {
    EdfNotes notes;
    bool first = true;
    for (const EdfSignal& signal : file_.header.signals) {
      if (!signal.annotations) continue;
      read_edf_annotations(bytes.subspan(static_cast<std::size_t>(signal.at - notes_begin_), static_cast<std::size_t>(signal.count * file_.header.width)), first, notes);
      first = false;
    }
    broken_ += notes.broken;
    starts_s_.push_back(notes.start_s.value_or(std::nan("")));
    const std::size_t room = kMostAnnotations - std::min(kMostAnnotations, file_.annotations.size());
    many_ = many_ || notes.annotations.size() > room;
    notes.annotations.resize(std::min(notes.annotations.size(), room));
    std::move(notes.annotations.begin(), notes.annotations.end(), std::back_inserter(file_.annotations));
  }

  void warn(const char* code, Word id, std::int64_t n) { file_.warnings.push_back({code, fill(id, {{"n", std::to_string(n)}})}); }

  /// After the last step, or after as many as there were: times count from the first record on.
  void settle() {
    EdfHeader& header = file_.header;
    if (notes_end_ > 0) header.records = std::min(header.records, static_cast<std::int64_t>(starts_s_.size()));
    const double first_s = !starts_s_.empty() && std::isfinite(starts_s_.front()) ? starts_s_.front() : 0.0;
    if (file_.start.basis != ClockBasis::None) file_.start.unix_ns += std::llround(std::clamp(first_s, -1e9, 1e9) * 1e9);
    file_.warnings = header.warnings;
    if (header.kind == EdfHeader::Kind::Interrupted) settle_starts(first_s);
    for (Annotation& annotation : file_.annotations) annotation.at_s -= first_s;
    std::sort(file_.annotations.begin(), file_.annotations.end(), [](const Annotation& a, const Annotation& b) { return std::tie(a.at_s, a.text) < std::tie(b.at_s, b.text); });
    if (broken_ > 0) warn("annotations-broken", Word::clinical_warn_annotations_broken, broken_);
    if (many_) warn("annotations-many", Word::clinical_warn_annotations_many, static_cast<std::int64_t>(kMostAnnotations));
    file_.warnings.insert(file_.warnings.end(), choice_.warnings.begin(), choice_.warnings.end());
    shared_ = std::make_shared<const EdfFile>(std::move(file_));
  }

  /// A record that does not tell its start follows the one before it.
  void settle_starts(double first_s) {
    std::int64_t untold = 0;
    double next_s = 0.0;
    for (std::int64_t r = 0; r < file_.header.records; ++r) {
      const double told = r < static_cast<std::int64_t>(starts_s_.size()) ? starts_s_[static_cast<std::size_t>(r)] - first_s : std::nan("");
      if (!std::isfinite(told)) ++untold;
      file_.starts_s.push_back(std::isfinite(told) ? told : next_s);
      next_s = file_.starts_s.back() + file_.header.record_s;
    }
    if (untold > 0) warn("record-starts", Word::clinical_warn_record_starts, untold);
  }

  PacketFacts facts_with(std::vector<Warning> warnings) const {
    PacketFacts facts;
    facts.format = name_of(shared_->header);
    facts.warnings = std::move(warnings);
    return facts;
  }

  Result<Recording> recording_of(const std::vector<EdfChannel>& channels, PacketFacts facts) const {
    const auto group = std::make_shared<const EdfGroup>(shared_, channels, std::move(facts));
    return recording_from_packets(group, group->packets());
  }

  Result<Recording> recording() const {
    if (choice_.refusal) return *choice_.refusal;
    if (shared_->header.records == 0) return Error{ErrorCode::Empty, std::string(word(Word::clinical_edf_no_records)), std::string(word(Word::formats_empty_advice))};
    PacketFacts facts = facts_with(shared_->warnings);
    facts.annotations = shared_->annotations;
    if (choice_.movement.empty()) return recording_of(choice_.emg, std::move(facts));
    if (!choice_.emg.empty()) {
      KLONO_TRY(Recording emg, recording_of(choice_.emg, facts_with({})));
      facts.emg = std::make_shared<const Recording>(std::move(emg));
    }
    return recording_of(choice_.movement, std::move(facts));
  }

  ChannelRole role_of(std::size_t s) const {
    for (const std::vector<EdfChannel>* channels : {&choice_.movement, &choice_.emg})
      for (const EdfChannel& channel : *channels)
        if (channel.signal == s) return channel.role;
    return ChannelRole::Other;
  }

  /// Every signal at its own rate and in its own unit.
  void add_columns(RawTable& table) const {
    const EdfHeader& header = shared_->header;
    std::vector<std::size_t> signals;
    for (std::size_t s = 0; s < header.signals.size(); ++s) {
      const EdfSignal& signal = header.signals[s];
      if (signal.annotations) continue;
      signals.push_back(s);
      table.columns.push_back({signal.label, signal.unit, signal.unit, role_of(s), std::vector<float>(static_cast<std::size_t>(signal.count * header.records)), header.rate_of(signal)});
    }
    if (signals.empty()) return;
    std::vector<std::byte> record(static_cast<std::size_t>(header.record_bytes));
    for (std::int64_t r = 0; r < header.records; ++r) {
      const Result<std::size_t> got = shared_->source->read_at(header.begin + r * header.record_bytes, record);
      const bool whole = got.ok() && got.value() == record.size();
      for (std::size_t k = 0; k < signals.size(); ++k) {
        const EdfSignal& signal = header.signals[signals[k]];
        const std::span<float> into = std::span(table.columns[k].values).subspan(static_cast<std::size_t>(r * signal.count), static_cast<std::size_t>(signal.count));
        if (whole) decode_signal(signal, header.width, 1.0, record.data() + signal.at, into);
        else std::fill(into.begin(), into.end(), std::numeric_limits<float>::quiet_NaN());
      }
    }
  }

  EdfFile file_;  // until settle()
  EdfChoice choice_;
  std::shared_ptr<const EdfFile> shared_;
  std::vector<double> starts_s_;  // as the annotations tell them; NaN where they do not
  std::vector<std::byte> bytes_;
  std::int64_t record_ = 0;
  std::int64_t notes_begin_ = 0;  // of the annotation signals within a record
  std::int64_t notes_end_ = 0;    // 0: there are none
  std::int64_t broken_ = 0;
  bool many_ = false;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_edf(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  KLONO_TRY(EdfHeader header, read_edf_header(*source));
  return std::unique_ptr<TableReader>(std::make_unique<EdfReader>(std::move(source), std::move(header), options));
}

}  // namespace klono::formats
