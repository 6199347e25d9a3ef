package io.millwright.cli.supplychain;

import io.millwright.runtime.tables.Tables;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of series that are kept letter for letter, and still look like one name written in two
 * ways, or like a line of sums below a table.
 */
final class OddNames {

  private static final int MOST = 5;

  private OddNames() {}

  /**
   * What is odd about names.
   *
   * @param names one for each series
   * @return remarks, each with the way out; empty when nothing is odd
   */
  static List<String> of(List<String> names) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    List<String> odd = new ArrayList<>();
    for (String name : names) {
      String plain = plain(name);
      alike.computeIfAbsent(plain, k -> new ArrayList<>()).add(name);
      if (names.size() > 2 && Tables.isTotal(plain)) {
        odd.add(
            "the series \"" + name + "\" looks like a sum of the others: maybe leave its rows out");
      }
    }
    alike.values().stream()
        .filter(written -> written.size() > 1)
        .limit(MOST)
        .forEach(
            written ->
                odd.add(
                    "the series "
                        + String.join(" and ", written.stream().map(OddNames::shown).toList())
                        + " differ only in how they are written, and are kept apart: maybe write"
                        + " them alike"));
    return odd;
  }

  /** Without capitals, full-width and composed letters, and spaces. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("[\\s\\u00a0]+", " ");
  }

  /** Two names that look the same are told apart by their number of characters. */
  private static String shown(String name) {
    return "\"" + name + "\" (" + name.length() + " characters)";
  }
}
