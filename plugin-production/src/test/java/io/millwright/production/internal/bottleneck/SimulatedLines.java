package io.millwright.production.internal.bottleneck;

import io.millwright.production.EventLog;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.support.KeyedRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines of 5 to 12 stations with failures, buffers and one station that is slower than all. */
final class SimulatedLines {

  private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

  /** A line, and the station with the least output of its own. */
  record Line(LineModel model, int slowest) {}

  private SimulatedLines() {}

  static Line line(long key) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 11);
    int n = 5 + random.nextInt(8);
    int slowest = random.nextInt(n);
    List<LineModel.Station> stations = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      double availability = 0.82 + 0.16 * random.nextDouble();
      double effective = (s == slowest ? 1.0 : 0.72 + 0.16 * random.nextDouble()) / 60;
      double repair = (3 + 12 * random.nextDouble()) / 60;
      double mean = effective * availability;
      double[] times = new double[64];
      double spread = 0.05 + 0.35 * random.nextDouble();
      double sum = 0;
      for (int i = 0; i < times.length; i++) {
        times[i] = Math.exp(spread * random.nextGaussian());
        sum += times[i];
      }
      double[] repairs = new double[64];
      double sumRepairs = 0;
      for (int i = 0; i < repairs.length; i++) {
        repairs[i] = -Math.log(1 - random.nextDouble()) + 0.05;
        sumRepairs += repairs[i];
      }
      for (int i = 0; i < times.length; i++) {
        times[i] *= mean * times.length / sum;
        repairs[i] *= repair * repairs.length / sumRepairs;
      }
      double failures = (1 / availability - 1) / repair;
      stations.add(new LineModel.Station(times, failures, repairs, 1 + random.nextInt(8), 1, 1));
    }
    return new Line(new LineModel(stations), slowest);
  }

  /** What such a line would have written down, to the millisecond. */
  static EventLog log(LineModel model, long key, int pieces) {
    List<WorkEvent> events = new ArrayList<>();
    double unused =
        model.throughput(
            new CommonRandom(key, 77),
            pieces,
            1,
            new LineModel.Listener() {
              @Override
              public void worked(int station, int machine, int piece, double from, double to) {
                events.add(event("P" + piece, station, from, to));
              }

              @Override
              public void repaired(int station, int machine, double from, double to) {
                events.add(event("", station, from, to).doing(Work.DOWN));
              }
            });
    return EventLog.of(events);
  }

  private static WorkEvent event(String piece, int station, double from, double to) {
    String name = String.format("S%02d", station);
    return WorkEvent.of(piece, name, name, at(from), at(to));
  }

  private static Instant at(double hours) {
    return START.plusMillis(Math.round(hours * 3_600_000));
  }
}
