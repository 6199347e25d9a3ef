package io.millwright.cli.kit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people write them: {@code 62,470} and {@code 0.0124}. */
public final class Figure {
  private Figure() {}

  /** The number for a text. */
  public static String of(double value) {
    return of(value, 4);
  }

  /** The number with so many digits that count. */
  public static String of(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size < 1e-6 || size >= 1e15) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    BigDecimal whole = BigDecimal.valueOf(value);
    BigDecimal rounded =
        size >= Math.pow(10, digits - 1)
            ? whole.setScale(0, RoundingMode.HALF_UP)
            : whole.round(new MathContext(digits, RoundingMode.HALF_UP));
    DecimalFormat format =
        new DecimalFormat("#,##0.############", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(rounded);
  }
}
