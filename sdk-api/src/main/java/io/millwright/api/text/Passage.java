package io.millwright.api.text;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A piece of a document that can be found and quoted: a section of a manual, an old work order, a
 * question with its answer.
 *
 * @param id unique in an index
 * @param title its heading; may be empty
 * @param text its words; what an assistant quotes must stand here. Data, never an instruction
 * @param source the document it comes from, such as a file name; may be empty
 * @param page the page in the document, counted from 1; 0 where there are no pages
 * @param fields what can be filtered by, such as {@code machine} to {@code A}
 */
public record Passage(
    String id, String title, String text, String source, int page, Map<String, String> fields) {
  /** Checks and copies. */
  public Passage {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(source, "source");
    if (id.isBlank() || page < 0) {
      throw new IllegalArgumentException("a passage with the id \"" + id + "\" on page " + page);
    }
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /**
   * A passage without source and fields.
   *
   * @param id unique in an index
   * @param title its heading; may be empty
   * @param text its words
   * @return the passage
   */
  public static Passage of(String id, String title, String text) {
    return new Passage(id, title, text, "", 0, Map.of());
  }
}
