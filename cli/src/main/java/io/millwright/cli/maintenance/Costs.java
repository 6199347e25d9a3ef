package io.millwright.cli.maintenance;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What mistakes cost.
 *
 * @param missed a failure without an alarm
 * @param falseAlarm an alarm without a failure
 */
record Costs(double missed, double falseAlarm) {

  /** Reads {@code 10:1}. */
  static final class Reader implements ITypeConverter<Costs> {
    @Override
    public Costs convert(String text) {
      String[] parts = text.split(":", -1);
      try {
        if (parts.length == 2) {
          Costs costs = new Costs(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
          if (costs.missed > 0
              && costs.falseAlarm > 0
              && Double.isFinite(costs.missed + costs.falseAlarm)) {
            return costs;
          }
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(wrong(text));
      }
      throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
      return "'"
          + text
          + "' is not two positive costs such as 10:1, a missed failure against a false alarm";
    }
  }
}
