// M/M/1: `one-queue LOAD ARRIVALS`, exponential service of mean 1 ms. Two events a message: its arrival, its departure.
#include "common.hpp"

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const double load = std::atof(argv[1]), serviceS = 0.001, gapS = serviceS / load;
  const uint64_t arrivals = std::strtoull(argv[2], nullptr, 10);
  const double endS = arrivals * gapS;
  Random arrivalTimes(1), sizes(2);
  enum : uint32_t { DEPARTURE, ARRIVAL };
  Heap heap(4);
  std::vector<double> arrivedS(1 << 20); // ring: the queue in the order of arrival
  size_t first = 0, last = 0;
  double freeS = 0;
  Latencies latencies;
  uint64_t events = 0;
  const Stopwatch watch;
  heap.push({gapS * arrivalTimes.exponential(), ARRIVAL});
  // Departures leave in order: only the first of them stands in the heap.
  std::vector<double> departS(1 << 20);
  const size_t mask = arrivedS.size() - 1;
  while (heap.first().timeS < endS) {
    const Pending event = heap.first();
    const double nowS = event.timeS;
    events++;
    if (event.item == ARRIVAL) {
      heap.replaceFirst({nowS + gapS * arrivalTimes.exponential(), ARRIVAL});
      freeS = (freeS > nowS ? freeS : nowS) + serviceS * sizes.exponential();
      if (((last + 1) & mask) == (first & mask)) return 1; // never at this load
      arrivedS[last & mask] = nowS;
      departS[last & mask] = freeS;
      if (first == last) heap.push({freeS, DEPARTURE});
      last++;
    } else {
      latencies.add(nowS - arrivedS[first & mask]);
      first++;
      if (first == last) heap.pop();
      else heap.replaceFirst({departS[first & mask], DEPARTURE});
    }
  }
  const double wallS = watch.seconds();
  std::printf("{\"messages\":%llu,\"hops\":%llu,\"events\":%llu,\"wallS\":%.6f,\"latencyMs\":{\"arrivals\":%.6f}}\n",
              static_cast<unsigned long long>(last), static_cast<unsigned long long>(last),
              static_cast<unsigned long long>(events), wallS, latencies.meanMs());
}
