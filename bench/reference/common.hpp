// What the reference programs share: random numbers, a binary heap of pending events, a clock, a histogram.
// Lean on purpose: no virtual calls, no allocation in the loop, everything inline.
#pragma once
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

// xoshiro256+ (Blackman and Vigna 2018), seeded by splitmix64.
struct Random {
  uint64_t s[4];
  explicit Random(uint64_t seed) {
    for (auto &word : s) {
      seed += 0x9e3779b97f4a7c15ull;
      uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
      word = z ^ (z >> 31);
    }
  }
  uint64_t next() {
    const uint64_t result = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
  }
  double uniform() { return (next() >> 11) * 0x1.0p-53; }
  double exponential() { return -std::log(1 - uniform()); }
};

struct Pending {
  double timeS;
  uint32_t item;
};
inline bool before(const Pending &a, const Pending &b) {
  return a.timeS < b.timeS || (a.timeS == b.timeS && a.item < b.item);
}

// A binary heap, ties by item. `replaceFirst` is pop and push in one walk down.
class Heap {
  std::vector<Pending> slots;

 public:
  explicit Heap(size_t capacity) { slots.reserve(capacity); }
  bool empty() const { return slots.empty(); }
  const Pending &first() const { return slots[0]; }
  void push(Pending event) {
    size_t i = slots.size();
    slots.push_back(event);
    while (i > 0) {
      const size_t parent = (i - 1) / 2;
      if (!before(event, slots[parent])) break;
      slots[i] = slots[parent];
      i = parent;
    }
    slots[i] = event;
  }
  void pop() {
    const Pending last = slots.back();
    slots.pop_back();
    if (!slots.empty()) siftDown(last);
  }
  void replaceFirst(Pending event) { siftDown(event); }

 private:
  void siftDown(Pending event) {
    const size_t size = slots.size();
    size_t i = 0;
    for (;;) {
      size_t child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && before(slots[child + 1], slots[child])) child++;
      if (before(event, slots[child])) break;
      slots[i] = slots[child];
      i = child;
    }
    slots[i] = event;
  }
};

// Counts and a histogram bucketed by the float's own bits, 2^-7 wide, as the engine keeps for each flow.
struct Latencies {
  uint64_t count = 0;
  double sumS = 0, maxS = 0;
  std::vector<uint32_t> buckets = std::vector<uint32_t>(64 * 128, 0);
  void add(double latencyS) {
    count++;
    sumS += latencyS;
    if (latencyS > maxS) maxS = latencyS;
    uint64_t bits;
    std::memcpy(&bits, &latencyS, 8);
    const int64_t bucket = static_cast<int64_t>(bits >> 45) - (static_cast<int64_t>(1023 - 40) << 7);
    buckets[bucket < 0 ? 0 : bucket >= 64 * 128 ? 64 * 128 - 1 : bucket]++;
  }
  double meanMs() const { return 1000 * sumS / count; }
};

struct Stopwatch {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
};
