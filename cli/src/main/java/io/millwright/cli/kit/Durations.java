package io.millwright.cli.kit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 300ms}. */
public final class Durations implements ITypeConverter<Duration> {

  private static final Pattern MILLIS = Pattern.compile("(.*?)([0-9]{1,15})MS");

  @Override
  public Duration convert(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    Matcher millis = MILLIS.matcher(upper);
    try {
      Duration time =
          millis.matches()
              ? whole(millis.group(1)).plusMillis(Long.parseLong(millis.group(2)))
              : parsed(upper);
      if (time.isNegative() || time.isZero()) {
        throw new TypeConversionException("'" + text + "' is not a positive time");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 300ms, 90s, 10m or 1h30m");
    }
  }

  /** What stands before the thousandths of a second. */
  private static Duration whole(String upper) {
    return upper.isEmpty() ? Duration.ZERO : parsed(upper);
  }

  private static Duration parsed(String upper) {
    return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
  }
}
