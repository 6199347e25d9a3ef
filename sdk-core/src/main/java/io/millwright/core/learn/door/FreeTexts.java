package io.millwright.core.learn.door;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.runtime.words.Normaliser;
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which columns hold free text, such as an operator's note: several words a cell, which come again
 * in other rows. Serial numbers have words that never come again, names of products come again as a
 * whole.
 */
final class FreeTexts {

  private static final int LEAST_ROWS = 20;
  private static final double WORDS_A_TEXT = 2;

  /** A column of labels counts as text from so many labels and words a label on. */
  private static final int MANY_LABELS = 50;

  private static final double WORDS_A_LABEL = 3;

  /** So many rows must hold a word, and nearly all must not, for it to tell rows apart. */
  private static final int COMES_AGAIN = 3;

  private static final double NEARLY_ALL = 0.98;
  private static final int DIFFERENT = 3;
  private static final double SHARE = 0.3;

  private FreeTexts() {}

  /** The table with its columns of free text as such, also those that were read as labels. */
  static Table typed(Table table, String target) {
    Table typed = table;
    for (Column column : table.schema().columns()) {
      if (column.type() == ColumnType.CATEGORY
          && !column.name().equals(target)
          && table.distinct(column.name()).size() >= MANY_LABELS
          && holds(table.distinct(column.name()), WORDS_A_LABEL)) {
        typed = typed.with(Column.text(column.name()), table.labels(column.name()));
      }
    }
    return typed;
  }

  /** Whether a column of texts holds free text. */
  static boolean holds(Table table, String column) {
    List<String> texts = new ArrayList<>();
    for (String text : table.labels(column)) {
      if (text != null && !text.isBlank()) {
        texts.add(text);
      }
    }
    return holds(texts, WORDS_A_TEXT);
  }

  private static boolean holds(List<String> texts, double wordsEach) {
    Normaliser normaliser = new Normaliser(Normaliser.Digits.KEPT);
    Map<String, Integer> rows = new HashMap<>();
    List<List<String>> all = new ArrayList<>();
    long words = 0;
    for (String text : texts) {
      String normal = normaliser.of(text);
      List<String> own = Words.of(normal).stream().map(w -> w.in(normal)).toList();
      words += own.size();
      all.add(own);
      new HashSet<>(own).forEach(word -> rows.merge(word, 1, Integer::sum));
    }
    if (texts.size() < LEAST_ROWS || words < wordsEach * texts.size()) {
      return false;
    }
    double most = NEARLY_ALL * texts.size();
    long again =
        all.stream()
            .flatMap(List::stream)
            .filter(w -> rows.getOrDefault(w, 0) >= COMES_AGAIN && rows.getOrDefault(w, 0) <= most)
            .count();
    long different =
        rows.entrySet().stream()
            .filter(e -> e.getValue() >= COMES_AGAIN && e.getValue() <= most)
            .filter(e -> e.getKey().codePoints().anyMatch(Character::isLetter))
            .count();
    return different >= DIFFERENT && again >= SHARE * words;
  }
}
