package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.BalanceProblem.Precedence;
import io.millwright.production.BalanceProblem.Task;
import java.util.ArrayList;
import java.util.List;

/** The two usual forms of line balancing files. */
final class BalanceText {

  private final String[] lines;
  private int at;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Precedence> pairs = new ArrayList<>();
  private double cycle;

  private BalanceText(String text) {
    lines = text.split("\\R", -1);
  }

  static BalanceProblem parse(String text, double cycleTime, int stations) {
    BalanceText reader = new BalanceText(text);
    if (text.stripLeading().startsWith("<")) {
      reader.sections();
    } else {
      reader.plain();
    }
    double cycle = stations > 0 ? 0 : cycleTime > 0 ? cycleTime : reader.cycle;
    return new BalanceProblem(reader.tasks, reader.pairs, cycle, stations);
  }

  private void plain() {
    int n = count(next());
    for (int i = 1; i <= n; i++) {
      tasks.add(new Task(Integer.toString(i), number(next())));
    }
    while (true) {
      String line = next();
      if (line.startsWith("-1")) {
        return;
      }
      pair(line);
    }
  }

  private void sections() {
    String section = "";
    int n = -1;
    while (at < lines.length) {
      String line = lines[at++].strip();
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("<")) {
        section = line;
        if (line.equals("<end>")) {
          break;
        }
        continue;
      }
      switch (section) {
        case "<number of tasks>" -> n = count(line);
        case "<cycle time>" -> cycle = number(line);
        case "<task times>" -> {
          String[] cells = line.split("\\s+", -1);
          if (cells.length != 2) {
            throw bad("a task and its time");
          }
          tasks.add(new Task(cells[0], number(cells[1])));
        }
        case "<precedence relations>" -> pair(line);
        default -> {}
      }
    }
    if (n != tasks.size()) {
      throw bad(n + " tasks, but " + tasks.size() + " came");
    }
  }

  private String next() {
    while (at < lines.length) {
      String line = lines[at++].strip();
      if (!line.isEmpty()) {
        return line;
      }
    }
    throw bad("more lines");
  }

  private void pair(String line) {
    String[] cells = line.split("\\s*,\\s*", -1);
    if (cells.length != 2) {
      throw bad("a pair such as 1,2");
    }
    pairs.add(new Precedence(cells[0], cells[1]));
  }

  private int count(String text) {
    double v = number(text);
    if (v < 1 || v > 100_000 || v != Math.rint(v)) {
      throw bad("a number of tasks from 1 to 100,000");
    }
    return (int) v;
  }

  private double number(String text) {
    try {
      return Double.parseDouble(text.replace(',', '.'));
    } catch (NumberFormatException e) {
      throw bad("a number");
    }
  }

  private MillwrightException bad(String wanted) {
    int line = Math.min(at, lines.length);
    String is = line == 0 ? "" : lines[line - 1];
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        "line "
            + line
            + " is \""
            + (is.length() > 60 ? is.substring(0, 60) : is)
            + "\", expected "
            + wanted
            + "\nMaybe the file is cut off, or has another form");
  }
}
