package io.millwright.personalization.internal.recommend;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was meant. */
final class Near {

  private static final int MOST = 20000;

  private Near() {}

  /** Words for a hint when a name is near another, or none. */
  static String hint(String name, Collection<String> names) {
    String low = name.toLowerCase(Locale.ROOT).strip();
    Optional<String> near =
        names.stream()
            .limit(MOST)
            .filter(
                n -> {
                  String other = n.toLowerCase(Locale.ROOT);
                  return other.equals(low)
                      || low.length() > 2 && (other.startsWith(low) || low.startsWith(other));
                })
            .sorted()
            .findFirst();
    return near.map(n -> "\"" + n + "\" is meant; or ").orElse("");
  }
}
