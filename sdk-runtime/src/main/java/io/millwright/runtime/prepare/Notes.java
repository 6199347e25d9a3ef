package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was remarkable about the rows that went through a preparation. Costs nothing while nothing
 * is remarkable; can be used again after {@link #clear}. Not thread-safe.
 */
public final class Notes {

  /** How many findings are kept. */
  public static final int MOST = 50;

  private @Nullable EnumSet<Flag> flags;
  private boolean hopeless;
  private @Nullable List<Finding> findings;
  private int row;
  private boolean alone;
  private final @Nullable CleaningLog log;
  private final boolean quiet;

  /** Starts with nothing noted. */
  public Notes() {
    this(null);
  }

  Notes(@Nullable CleaningLog log) {
    this(log, false);
  }

  private Notes(@Nullable CleaningLog log, boolean quiet) {
    this.log = log;
    this.quiet = quiet;
  }

  /** Notes that keep flags alone and no findings, for processes that must make no garbage. */
  public static Notes quiet() {
    Notes notes = new Notes(null, true);
    notes.flags = EnumSet.noneOf(Flag.class);
    return notes;
  }

  /** Whether {@link #find} keeps anything, so that its texts are worth making. */
  boolean wants() {
    return !quiet;
  }

  /** Sets a flag. */
  public void flag(Flag flag) {
    if (flags == null) {
      flags = EnumSet.noneOf(Flag.class);
    }
    flags.add(flag);
  }

  /** Keeps a finding, unless there are {@link #MOST} already. */
  public void find(ErrorCode code, String place, String message, String remedy) {
    if (findings == null) {
      findings = new ArrayList<>();
    }
    if (findings.size() < MOST) {
      findings.add(new Finding(code, place, message, remedy));
    }
  }

  /** Says that no answer can be given. */
  public void giveUp() {
    hopeless = true;
  }

  /** Whether a flag is set. */
  public boolean has(Flag flag) {
    return flags != null && flags.contains(flag);
  }

  /** The flags that are set. */
  public Set<Flag> flags() {
    return flags == null ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
  }

  /** The findings, oldest first, at most {@link #MOST}. */
  public List<Finding> findings() {
    return findings == null ? List.of() : List.copyOf(findings);
  }

  /**
   * Whether no answer can be given, because nothing is known of the input or a feature is not a
   * number.
   */
  public boolean hopeless() {
    return hopeless;
  }

  /** Forgets everything. */
  public void clear() {
    if (quiet && flags != null) {
      flags.clear();
    } else {
      flags = null;
    }
    hopeless = false;
    findings = null;
  }

  void at(int newRow) {
    row = newRow;
  }

  /** Whether rows are independent records, each an input of its own, so that none has a number. */
  void alone(boolean independent) {
    alone = independent;
  }

  String place(String column) {
    return (alone ? "" : "row " + (row + 1) + ", ") + "column \"" + column + "\"";
  }

  String place() {
    return alone ? "the row" : "row " + (row + 1);
  }

  /** A value was replaced. */
  void mended(CleaningReport.Kind kind, String column, String was, String now) {
    replaced(kind);
    if (log != null) {
      log.add(row, column, kind, was, now);
      return;
    }
    ErrorCode code =
        switch (kind) {
          case MISSING, DUPLICATE -> ErrorCode.MISSING_VALUE;
          case INFINITE -> ErrorCode.BAD_VALUE;
          case OUT_OF_RANGE, OUTLIER, STUCK -> ErrorCode.OUT_OF_RANGE;
        };
    String what =
        switch (kind) {
          case MISSING -> "is missing";
          case INFINITE -> "is infinite";
          case OUT_OF_RANGE -> "is " + was + ", which is impossible";
          case OUTLIER -> "is " + was + ", an outlier";
          case STUCK -> "is stuck at " + was;
          case DUPLICATE -> "is a duplicate";
        };
    find(code, place(column), what + "; " + now + " took its place", "");
  }

  /** Sets the flags of a value that was replaced. */
  void replaced(CleaningReport.Kind kind) {
    flag(Flag.IMPUTED);
    if (kind == CleaningReport.Kind.INFINITE) {
      flag(Flag.INFINITE);
    }
  }
}
