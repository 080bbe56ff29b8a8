#include "engine/service.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "base/words.hpp"
#include "engine/session.hpp"
#include "protocol/codec.hpp"

namespace klono::engine {
namespace {

constexpr double kSlice_s = 0.020;
constexpr double kProgressEvery_s = 0.200;  // each is a drawn frame, taken from the work where pixels are drawn in software

Error unknown_recording() {
  return {ErrorCode::CannotRead, std::string(word(Word::engine_source_unknown)), std::string(word(Word::engine_source_unknown_advice))};
}

}  // namespace

class Service::Impl {
 public:
  Impl(Send send, OpenSource open_source, Now now) : send_bytes_(std::move(send)), open_source_(std::move(open_source)), now_(std::move(now)) {}

  void receive(std::span<const std::uint8_t> message) {
    Result<protocol::Request> request = protocol::decode_request(message);
    if (!request) return send(protocol::Failed{0, {}, 0, std::move(request).error()});
    std::visit([this](auto& what) { on(what); }, request.value());
  }

  bool step() {
    const double until = now_() + kSlice_s;
    do {
      if (!answer_one() && !work_one()) break;
    } while (now_() < until);
    tell_progress();
    return !questions_.empty() || !working_.empty();
  }

 private:
  using Sessions = std::map<protocol::RecordingId, std::unique_ptr<Session>>;
  using Question = std::variant<protocol::TraceRequest, protocol::SpectrogramRequest, protocol::ExportRequest>;

  void send(const protocol::Reply& reply) { send_bytes_(protocol::encode(reply)); }

  Session* find(protocol::RecordingId id) {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : found->second.get();
  }

  /// A new session, in place of one of that number.
  Session& add(protocol::RecordingId id, std::string name) {
    forget(id);
    return *(sessions_[id] = std::make_unique<Session>(id, std::move(name), [this](const protocol::Reply& reply) { send(reply); }));
  }

  void forget(protocol::RecordingId id) {
    std::erase(working_, id);
    sessions_.erase(id);
  }

  /// Files are read one after another, so that the first is there soonest.
  void queue(protocol::RecordingId id, bool first) {
    std::erase(working_, id);
    if (Session* session = find(id); session == nullptr || !session->busy()) return;
    if (first) working_.push_front(id);
    else working_.push_back(id);
    last_progress_ = now_();
  }

  void on(protocol::OpenFile& open) {
    Result<formats::ReadOptions> options = formats::options_from_lines(open.reading);
    if (!options) return send(protocol::Failed{open.recording, open.name, 0, std::move(options).error()});
    options.value().file_name = open.name;
    Result<std::shared_ptr<const ByteSource>> source = open_source_(open.source);
    if (!source) return send(protocol::Failed{open.recording, open.name, 0, std::move(source).error()});
    add(open.recording, open.name).read(std::move(source).value(), options.value(), open.settings);
    queue(open.recording, false);
  }

  void on(protocol::OpenExample& open) {
    add(open.recording, std::string(word(Word::engine_example))).make_example(open.settings);
    queue(open.recording, false);
  }

  void on(protocol::Reanalyse& again) {
    Session* session = find(again.recording);
    if (session == nullptr) return send(protocol::Failed{again.recording, {}, 0, unknown_recording()});
    session->reanalyse(again.settings);
    queue(again.recording, true);  // a person waits for it
  }

  void on(protocol::Cancel& cancel) {
    Session* session = find(cancel.recording);
    if (session == nullptr) return;
    session->stop(cancel.keep_partial);
    if (!session->is_open() && !session->busy()) forget(cancel.recording);
    else queue(cancel.recording, true);
  }

  void on(protocol::Close& close) { forget(close.recording); }
  void on(protocol::TraceRequest& request) { questions_.emplace_back(std::move(request)); }
  void on(protocol::SpectrogramRequest& request) { questions_.emplace_back(std::move(request)); }
  void on(protocol::ExportRequest& request) { questions_.emplace_back(std::move(request)); }

  bool answer_one() {
    if (questions_.empty()) return false;
    const Question question = std::move(questions_.front());
    questions_.pop_front();
    std::visit(
        [this](const auto& what) {
          Session* session = find(what.recording);
          if (session == nullptr || !session->is_open()) return send(protocol::Failed{what.recording, {}, 0, unknown_recording()});
          answer(*session, what);
        },
        question);
    return true;
  }

  void answer(Session& session, const protocol::TraceRequest& request) { send(session.trace(request)); }
  void answer(Session& session, const protocol::SpectrogramRequest& request) { send(session.spectrogram(request)); }
  void answer(Session& session, const protocol::ExportRequest& request) { send(session.build_export(request)); }

  bool work_one() {
    if (working_.empty()) return false;
    const protocol::RecordingId id = working_.front();
    Session& session = *sessions_.at(id);
    session.step();
    if (session.busy()) return true;
    working_.pop_front();
    if (!session.is_open()) forget(id);
    return true;
  }

  void tell_progress() {
    if (working_.empty() || now_() < last_progress_ + kProgressEvery_s) return;
    last_progress_ = now_();
    send(sessions_.at(working_.front())->progress());
  }

  Send send_bytes_;
  OpenSource open_source_;
  Now now_;
  Sessions sessions_;
  std::deque<protocol::RecordingId> working_;
  std::deque<Question> questions_;
  double last_progress_ = 0.0;
};

Service::Service(Send send, OpenSource open_source, Now now)
    : impl_(std::make_unique<Impl>(std::move(send), std::move(open_source), std::move(now))) {}
Service::~Service() = default;

void Service::receive(std::span<const std::uint8_t> message) { impl_->receive(message); }
bool Service::step() { return impl_->step(); }

}  // namespace klono::engine
