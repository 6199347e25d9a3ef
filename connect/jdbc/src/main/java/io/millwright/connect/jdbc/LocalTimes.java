package io.millwright.connect.jdbc;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Makes points in time of local ones.
 *
 * @param zone where the clock hangs
 * @param repeated what the hour means that autumn repeats
 */
record LocalTimes(ZoneId zone, RepeatedHour repeated) {

  /** Milliseconds since 1970; finer parts are cut off. */
  long millis(LocalDateTime time) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return time.toInstant(rules.getOffset(time)).toEpochMilli();
    }
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.isEmpty()) {
      throw new DateTimeException("clocks in " + zone + " went forward past it");
    }
    if (offsets.size() > 1 && repeated == RepeatedHour.REFUSE) {
      throw new DateTimeException("clocks in " + zone + " went back, so that it was twice");
    }
    int which = repeated == RepeatedHour.LATER ? offsets.size() - 1 : 0;
    return time.toInstant(offsets.get(which)).toEpochMilli();
  }
}
