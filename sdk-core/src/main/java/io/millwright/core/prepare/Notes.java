package io.millwright.core.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was remarkable about the rows that went through a preparation. Costs nothing while nothing is remarkable; can be used again after {@link #clear}. Not
 * thread-safe.
 */
public final class Notes {

  /** How many findings are kept. */
  public static final int MOST = 50;

  private static final Flag[] FLAGS = Flag.values();

  private int flags;
  private boolean hopeless;
  private @Nullable List<Finding> findings;
  private int row;
  private final @Nullable CleaningLog log;

  /** Starts with nothing noted. */
  public Notes() {
    this(null);
  }

  Notes(@Nullable CleaningLog log) {
    this.log = log;
  }

  /** Sets a flag. */
  public void flag(Flag flag) {
    flags |= 1 << flag.ordinal();
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
    return (flags & 1 << flag.ordinal()) != 0;
  }

  /** The flags that are set. */
  public Set<Flag> flags() {
    if (flags == 0) {
      return Set.of();
    }
    EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
    for (Flag flag : FLAGS) {
      if (has(flag)) {
        set.add(flag);
      }
    }
    return set;
  }

  /** The findings, oldest first, at most {@link #MOST}. */
  public List<Finding> findings() {
    return findings == null ? List.of() : List.copyOf(findings);
  }

  /** Whether no answer can be given, because nothing is known of the input or a feature is not a number. */
  public boolean hopeless() {
    return hopeless;
  }

  /** Forgets everything. */
  public void clear() {
    flags = 0;
    hopeless = false;
    findings = null;
  }

  void at(int newRow) {
    row = newRow;
  }

  String place(String column) {
    return "row " + row + ", column \"" + column + "\"";
  }

  String place() {
    return "row " + row;
  }

  /** A value was replaced. */
  void mended(CleaningReport.Kind kind, String column, String was, String now) {
    flag(Flag.IMPUTED);
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
}
