package io.millwright.personalization.internal.configure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Units that a request may say instead of a feature's own, by what one is in the own. */
final class Units {

  private static final Map<String, Double> LENGTHS =
      merged(
          words(1, "m", "米", "metre", "metres", "meter", "meters"),
          words(0.01, "cm", "厘米"),
          words(0.001, "mm", "毫米"),
          words(1000, "km", "公里", "千米"),
          words(0.3048, "ft", "foot", "feet", "英尺"),
          words(0.0254, "inch", "inches", "英寸"));

  private static final Map<String, Double> POWERS =
      merged(
          words(1, "w", "瓦"),
          words(1000, "kw", "千瓦"),
          words(1e6, "mw", "兆瓦"),
          words(745.7, "hp"),
          words(735.5, "ps", "马力"));

  private static final Map<String, Double> PRESSURES =
      merged(
          words(1, "bar", "巴"),
          words(0.001, "mbar", "毫巴"),
          words(1e-5, "pa", "帕"),
          words(0.01, "kpa", "千帕"),
          words(10, "mpa", "兆帕"),
          words(0.0689476, "psi"),
          words(1.01325, "atm"));

  private static final Map<String, Double> MASSES =
      merged(
          words(1, "kg", "公斤", "千克"),
          words(0.001, "g", "克"),
          words(1000, "t", "吨"),
          words(0.45359237, "lb", "lbs", "磅"));

  private static final Map<String, Double> VOLTAGES =
      merged(words(1, "v", "volt", "volts", "伏"), words(1000, "kv"), words(0.001, "mv"));

  private static final Map<String, Double> FLOWS =
      merged(
          words(1, "m3/h", "m³/h", "立方米每小时", "方/小时"),
          words(0.06, "l/min", "升每分钟"),
          words(3.6, "l/s"),
          words(0.001, "l/h"),
          words(0.2271247, "gpm"));

  private static final Map<String, Double> CELSIUS =
      merged(words(1, "c", "°c", "℃", "度", "摄氏度", "celsius"));

  private static final Map<String, Double> TURNS = merged(words(1, "rpm", "转", "转每分", "r/min"));

  private static final Map<String, Map<String, Double>> OF = new HashMap<>();

  /** Units that cannot be turned into others by a factor, or belong to nothing above. */
  private static final Set<String> KNOWN =
      new HashSet<>(
          Set.of("°f", "fahrenheit", "华氏度", "yd", "yards", "码", "nm", "hz", "赫兹", "db", "kwh"));

  static {
    for (Map<String, Double> all :
        List.of(LENGTHS, POWERS, PRESSURES, MASSES, VOLTAGES, FLOWS, CELSIUS, TURNS)) {
      all.forEach(
          (own, size) -> {
            Map<String, Double> others = new HashMap<>();
            all.forEach((other, its) -> others.put(other, its / size));
            OF.put(own, others);
            KNOWN.add(own);
          });
    }
  }

  private Units() {}

  private static Map<String, Double> words(double size, String... names) {
    Map<String, Double> all = new HashMap<>();
    for (String name : names) {
      all.put(name, size);
    }
    return all;
  }

  @SafeVarargs
  private static Map<String, Double> merged(Map<String, Double>... parts) {
    Map<String, Double> all = new HashMap<>();
    for (Map<String, Double> part : parts) {
      all.putAll(part);
    }
    return Map.copyOf(all);
  }

  private static Map<String, Double> of(String own) {
    String plain = own.toLowerCase(Locale.ROOT);
    return OF.getOrDefault(plain, Map.of(plain, 1.0));
  }

  /** The longest unit that a text begins with and that can be turned into the own, or none. */
  static String said(String own, String behind) {
    return longest(of(own).keySet(), behind);
  }

  /** What one of the unit said is in the own. */
  static double factor(String own, String said) {
    return of(own).getOrDefault(said, 1.0);
  }

  /** A unit right behind a number that is known, or written without a gap; none otherwise. */
  static String other(String raw) {
    String known = longest(KNOWN, raw.strip());
    if (!known.isEmpty() || raw.isEmpty() || !(latin(raw.charAt(0)) || raw.charAt(0) == '°')) {
      return known;
    }
    int end = 1;
    while (end < raw.length() && (latin(raw.charAt(end)) || raw.charAt(end) == '/')) {
      end++;
    }
    return raw.substring(0, end);
  }

  private static String longest(Set<String> units, String behind) {
    String best = "";
    for (String u : units) {
      boolean ends =
          behind.length() == u.length()
              || (behind.length() > u.length()
                  && !(latin(u.charAt(u.length() - 1)) && latin(behind.charAt(u.length()))));
      if (u.length() > best.length() && behind.startsWith(u) && ends) {
        best = u;
      }
    }
    return best;
  }

  static boolean latin(char c) {
    return Character.isLetterOrDigit(c)
        && Character.UnicodeScript.of(c) != Character.UnicodeScript.HAN;
  }
}
