package io.millwright.runtime.export;

import io.millwright.api.data.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of columns as a language allows them, none twice. */
final class Names {

  private final List<String> names;

  private Names(List<String> names) {
    this.names = names;
  }

  static Names java(List<Column> columns) {
    Set<String> taken = new HashSet<>(Set.of("v", "s"));
    return new Names(
        columns.stream()
            .map(
                c -> {
                  String name = letters(c.name());
                  return free(
                      javax.lang.model.SourceVersion.isName(name) ? name : name + "_", taken);
                })
            .toList());
  }

  /** Names of structured text know no capitals, no two underscores in a row and none at the end. */
  static Names structuredText(List<Column> columns) {
    Set<String> taken = new HashSet<>();
    return new Names(
        columns.stream()
            .map(
                c ->
                    free(
                        "in_"
                            + letters(c.name())
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("^_+|_+$", "")
                                .replaceAll("_+", "_"),
                        taken))
            .toList());
  }

  private static String letters(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.matches("[A-Za-z].*") ? plain : "x" + plain;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + (name.endsWith("_") ? "" : "_") + i;
    }
    return free;
  }

  String of(int column) {
    return names.get(column);
  }

  /** A text of others in a comment. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replace("*/", "* /").replace("\\u", "\\ u");
  }
}
