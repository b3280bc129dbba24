// Hold model: `hold SIZE OPERATIONS exponential|uniform|tied`. Takes the first event and puts one back, at constant size.
#include "common.hpp"

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const uint32_t size = std::atoi(argv[1]);
  const uint64_t operations = std::strtoull(argv[2], nullptr, 10);
  const char law = argv[3][0];
  Random random(1);
  // Tied: synchronised readers of a period of 900 s, 5,000 of them in each instant.
  const uint32_t instants = (size + 4999) / 5000;
  const auto delayS = [&] { return law == 'e' ? random.exponential() : law == 'u' ? 2 * random.uniform() : 900.0; };
  Heap heap(size);
  for (uint32_t i = 0; i < size; i++) heap.push({law == 't' ? static_cast<double>(i % instants) : delayS(), i});
  const auto hold = [&](uint64_t times) {
    double nowS = 0;
    for (uint64_t i = 0; i < times; i++) {
      const Pending event = heap.first();
      nowS = event.timeS;
      heap.replaceFirst({nowS + delayS(), event.item});
    }
    return nowS;
  };
  hold(operations / 5);
  const Stopwatch watch;
  const double endS = hold(operations);
  std::printf("{\"messages\":%llu,\"hops\":0,\"events\":%llu,\"wallS\":%.6f,\"endS\":%.3f}\n",
              static_cast<unsigned long long>(operations), static_cast<unsigned long long>(operations), watch.seconds(), endS);
}
