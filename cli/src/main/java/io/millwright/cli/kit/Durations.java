package io.millwright.cli.kit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}. */
public final class Durations implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      Duration time = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
      if (time.isNegative() || time.isZero()) {
        throw new TypeConversionException("'" + text + "' is not a positive time");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is not a time such as 90s, 10m or 1h30m");
    }
  }
}
