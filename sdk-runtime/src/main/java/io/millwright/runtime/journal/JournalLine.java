package io.millwright.runtime.journal;

import java.time.Instant;
import java.util.Objects;

/** A record of a prediction journal: what a model said, or the truth that became known later. */
public sealed interface JournalLine {

  /**
   * What the truth is told by.
   *
   * @return the id
   */
  String id();

  /**
   * A prediction.
   *
   * @param entry the prediction, without a truth
   */
  record Said(JournalEntry entry) implements JournalLine {
    /** Checks. */
    public Said {
      Objects.requireNonNull(entry, "entry");
    }

    @Override
    public String id() {
      return entry.id();
    }
  }

  /**
   * A truth.
   *
   * @param id the id of the prediction, which may come later or never
   * @param at when it was told
   * @param value a label, or a number as text
   */
  record Told(String id, Instant at, String value) implements JournalLine {
    /** Checks. */
    public Told {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(value, "value");
    }
  }
}
