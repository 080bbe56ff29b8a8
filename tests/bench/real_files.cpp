#include "bench/hard_scenarios.hpp"

namespace klono::bench {

// Split by recording, never by time: what is learnt from one part of a recording is known in the other.
const std::vector<RealFile>& real_files() {
  using enum Activity;
  using enum Split;
  static const std::vector<RealFile> list = {
      {"embraceplus/test_data.avro", Rest, "wrist", Train},
      {"embraceplus/test_data.avro", Active, "wrist", Train},
      {"gt3x/actigraph_testfile.gt3x", Rest, "waist", Train},
      {"gt3x/actigraph_testfile.gt3x", Active, "waist", Train},
      {"csv/flirt_garmin_acc.csv", Active, "wrist", Train},
      {"csv/skdh_example_data_2min.csv", Active, "body", Train},
      {"cwa/ax6_sample.cwa", Active, "body", Train, "csv/skdh_example_data_2min.csv"},
      {"edf/devicely_faros_testfile_read.EDF", Active, "chest", Train},
      {"phyphox/deadreckoning_Accelerometer.csv", Active, "walking", Train},
      {"csv/hmp_brush_teeth_f1.txt", Active, "tooth brushing", Train},
      {"tremor/T-REST_TREMOR_AMPLITUDE-LEFT_HAND-2016-10-14_10-49-11-f73512ccfc-2458.csv", Active, "tremor", Train},
      {"tremor/mpower_tremor.json", Active, "tremor", Train},
      {"gt3x/neo.gt3x", Rest, "body", Test},
      {"gt3x/neo.gt3x", Active, "body", Test},
      {"actilife/neo.csv", Rest, "body", Test, "gt3x/neo.gt3x"},
      {"omwav/ax3test.wav", Rest, "wrist", Test},
      {"omwav/ax3test.wav", Active, "wrist", Test},
      {"cwa/ax3_testfile.cwa", Active, "wrist", Test},
      {"cwa/ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa", Active, "wrist", Test, "cwa/ax3_testfile.cwa"},
      {"cwa/paradigma_test_data.CWA", Active, "wrist", Test},
      {"geneactiv/GENEActiv_testfile.bin", Active, "wrist", Test},
      {"sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv", Rest, "phone", Test},
      {"sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv", Active, "phone carried", Test},
      {"sensorlogger/eth_android_2023-03-17/Accelerometer.csv", Active, "phone carried", Test, "sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv"},
      {"tremor/kinetic_tremor_left_hand.csv", Active, "tremor", Test},
  };
  return list;
}

}  // namespace klono::bench
