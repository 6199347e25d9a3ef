package io.millwright.connect.internal;

import io.millwright.connect.RepeatedHour;
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
public record LocalTimes(ZoneId zone, RepeatedHour repeated) {

  /**
   * A point in time; parts of a millisecond are cut off.
   *
   * @param time what the clock showed
   * @return milliseconds since 1970
   * @throws DateTimeException when the clock never showed it, or twice and nobody says which
   */
  public long millis(LocalDateTime time) {
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
