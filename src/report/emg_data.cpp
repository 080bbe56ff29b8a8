#include "report/emg_data.hpp"

#include "patterns/leg_pair.hpp"
#include "report/figures_json.hpp"
#include "report/text.hpp"

namespace klono::report {
namespace {

void write_burst(JsonWriter& json, const EmgBurst& burst, bool counted) {
  json.begin_object().field("onset_s", burst.onset_s).field("end_s", burst.end_s).field("duration_s", burst.duration_s);
  json.field("peak", burst.peak_uv).field("rms", burst.rms_uv).field("peak_to_peak", burst.peak_to_peak_uv);
  json.field("floor", burst.floor_uv).field("above_floor", burst.above_floor).field("mean_hz", burst.mean_hz);
  json.field("kind", klono::name_of(burst.kind)).field("band", klono::name_of(burst.band)).field("on_activity", burst.on_activity);
  if (!counted) json.field("reason", klono::name_of(burst.reason));
  json.end_object();
}

void write_bursts(JsonWriter& json, std::string_view key, const std::vector<EmgBurst>& bursts, bool counted) {
  json.key(key).begin_array();
  for (const EmgBurst& burst : bursts) write_burst(json, burst, counted);
  json.end_array();
}

void write_channel(JsonWriter& json, const EmgChannelAnalysis& channel) {
  json.begin_object().field("name", channel.name).field("unit", channel.unit).field("rate_hz", channel.rate_hz);
  json.field("detail", klono::name_of(channel.detail)).field("mains_hz", channel.mains_hz).field("resolution_s", channel.resolution_s);
  json.field("recorded_s", channel.recorded_s).field("analysable_s", channel.analysable_s).field("floor", channel.floor_uv);
  write_bursts(json, "bursts", channel.bursts, true);
  write_bursts(json, "not_counted", channel.not_counted, false);
  json.key("silences").begin_array();
  for (const EmgSilence& silence : channel.silences)
    json.begin_object().field("onset_s", silence.onset_s).field("end_s", silence.end_s).field("duration_s", silence.duration_s)
        .field("before", silence.before_uv).field("within", silence.within_uv).end_object();
  json.end_array().key("limb_movements").begin_array();
  for (const EmgLimbMovement& movement : channel.limb_movements)
    json.begin_object().field("onset_s", movement.onset_s).field("end_s", movement.end_s).field("duration_s", movement.duration_s)
        .field("peak", movement.peak_uv).field("rest", movement.rest_uv).field("in_series", movement.in_series).end_object();
  json.end_array();
  if (channel.microvolts) write_limb_series(json, patterns::limb_rules(channel));
  json.key("masks").begin_array();
  for (const EmgMask& mask : channel.masks)
    json.begin_object().field("start_s", mask.span.begin_s).field("end_s", mask.span.end_s).field("reason", klono::name_of(mask.reason)).end_object();
  json.end_array().end_object();
}

std::string csv_row(const ReportModel& model, const EmgChannelAnalysis& channel, const EmgBurst& burst, bool counted) {
  std::string row = csv_cell(channel.name) + "," + number_text(burst.onset_s) + "," + iso_time(model.start, burst.onset_s) + "," +
                    number_text(burst.end_s) + "," + number_text(burst.duration_s) + ",";
  for (const double value : {burst.peak_uv, burst.rms_uv, burst.peak_to_peak_uv, burst.floor_uv, burst.above_floor, burst.mean_hz}) row += number_text(value) + ",";
  row += csv_cell(channel.unit) + "," + std::string(klono::name_of(burst.kind)) + "," + std::string(klono::name_of(burst.band)) + ",";
  row += (burst.on_activity ? "yes," : "no,") + std::string(counted ? "yes" : "no") + "," + (counted ? "" : std::string(klono::name_of(burst.reason)));
  return row + std::string(kCsvLineEnd);
}

}  // namespace

void write_emg(JsonWriter& json, const EmgAnalysis& emg) {
  json.begin_object().field("version", emg.version).key("channels").begin_array();
  for (const EmgChannelAnalysis& channel : emg.channels) write_channel(json, channel);
  json.end_array().key("together").begin_array();
  for (const EmgTogether& pair : emg.together)
    json.begin_object().field("first", emg.channels[pair.first].name).field("second", emg.channels[pair.second].name).field("count", pair.count)
        .field("median_lag_s", pair.median_lag_s).field("low_lag_s", pair.low_lag_s).field("high_lag_s", pair.high_lag_s).end_object();
  json.end_array();
  if (const auto legs = patterns::leg_pair(emg)) {
    json.key("both_legs").begin_object().field("first", emg.channels[legs->first].name).field("second", emg.channels[legs->second].name);
    write_limb_series(json, patterns::limb_rules(emg, *legs));
    json.end_object();
  }
  json.key("settings").begin_object();
  for (const EmgSettingInfo& info : emg_setting_table()) json.field(info.key, info.get(emg.settings));
  json.end_object().end_object();
}

std::string emg_csv(const ReportModel& model) {
  std::string text = csv_comment("program", "klonograph " + model.program_version) + csv_comment("emg_version", std::to_string(kEmgVersion)) +
                     csv_comment("file", model.file_name) + csv_comment("format", model.format);
  if (model.emg)
    for (const EmgSettingInfo& info : emg_setting_table()) text += csv_comment(info.key, number_text(info.get(model.emg->settings)));
  text += "channel,onset_s,onset_clock,end_s,duration_s,peak,rms,peak_to_peak,floor,above_floor,mean_hz,unit,kind,band,on_activity,counted,reason";
  text += kCsvLineEnd;
  if (!model.emg) return text;
  for (const bool counted : {true, false})
    for (const EmgChannelAnalysis& channel : model.emg->channels)
      for (const EmgBurst& burst : counted ? channel.bursts : channel.not_counted) text += csv_row(model, channel, burst, counted);
  return text;
}

}  // namespace klono::report
