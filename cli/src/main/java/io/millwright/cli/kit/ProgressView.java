package io.millwright.cli.kit;

import io.millwright.api.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Shows progress: on a terminal one line that is drawn over and over, with a bar, the loss and the
 * time left; elsewhere a plain line at each tenth. Called by the thread that works; thread-safe.
 */
public final class ProgressView implements Consumer<Progress> {
  private static final int BAR = 24;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;
  private int tenth = -1;
  private Duration next = Duration.ZERO;

  public ProgressView(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(Progress progress) {
    double fraction = progress.fraction().orElse(0);
    if (terminal) {
      if (progress.elapsed().compareTo(next) < 0 && fraction < 1) {
        return;
      }
      next = progress.elapsed().plus(PAUSE);
      int full = (int) Math.round(fraction * BAR);
      String bar = "#".repeat(full) + ".".repeat(BAR - full);
      String text = "[" + bar + "] " + Shown.plain(described(progress));
      String clear = " ".repeat(Math.max(0, drawn - text.length()));
      out.print("\r" + text + clear);
      drawn = text.length();
    } else {
      int now = (int) Math.floor(fraction * 10 + 1e-9);
      if (now <= tenth) {
        return;
      }
      tenth = now;
      out.println(Shown.plain(described(progress)));
    }
    out.flush();
  }

  /** Ends the line. */
  public synchronized void done() {
    if (drawn > 0) {
      out.println();
      out.flush();
    }
    drawn = 0;
  }

  private static String described(Progress progress) {
    String percent =
        progress.fraction().isPresent()
            ? String.format(Locale.ROOT, "%3.0f %%  ", 100 * progress.fraction().getAsDouble())
            : "";
    String figures =
        progress.figures().entrySet().stream()
            .filter(e -> !e.getValue().isNaN())
            .map(ProgressView::figure)
            .collect(Collectors.joining(""));
    String left = progress.remaining().map(r -> "  " + time(r) + " left").orElse("");
    return percent + progress.stage() + figures + left;
  }

  private static String figure(Map.Entry<String, Double> figure) {
    double value = figure.getValue();
    String form = value == Math.rint(value) && Math.abs(value) < 1e6 ? "  %s %.0f" : "  %s %.4g";
    return String.format(Locale.ROOT, form, figure.getKey(), value);
  }

  public static String time(Duration time) {
    long s = Math.max(0, (time.toMillis() + 500) / 1000);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
