#pragma once
/// Module dsp: filters, resampling, spectra on spans. Allowed dependencies: base. The only place that sees
/// KissFFT. Not-a-number policy: input must be finite; callers end a stretch at the first sample that is not.

#include <span>
#include <vector>

namespace klono::dsp {

/// Samples on each side of a Hann-weighted mean over `half_s`; at least one.
int hann_half(double half_s, double rate_hz);

/// Symmetric kernel that separates what changes slower than about `cutoff_hz` (Hann weighted mean over
/// `half_s` on both sides): sum 1, 2 * half + 1 taps.
std::vector<float> hann_mean(double half_s, double rate_hz);

/// Blackman-windowed sinc low-pass, sum 1, 2 * half_taps + 1 taps; -6 dB at `cutoff_hz`.
std::vector<float> low_pass(double cutoff_hz, int half_taps, double rate_hz);

/// The difference of two symmetric kernels of any lengths, about a common middle.
std::vector<float> difference(std::span<const float> a, std::span<const float> b);

/// out[i] = sum over k of kernel[k] * in[i + k]; in.size() = out.size() + kernel.size() - 1. The order of additions is
/// the same for every block length, so that results do not depend on how a stream is cut.
void convolve(std::span<const float> in, std::span<const float> kernel, std::span<float> out);

/// Sum of products; `b` at least as long as `a`. The order of additions depends on the length alone.
float dot(std::span<const float> a, std::span<const float> b);

/// out[i] = dot(a, b from i on), to the last bit; b.size() >= a.size() + out.size() - 1. For many places much less work.
void dots(std::span<const float> a, std::span<const float> b, std::span<float> out);

}  // namespace klono::dsp
