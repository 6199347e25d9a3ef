package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.IntStream;

/** Parses the benchmark formats line by line, so that every complaint can name its line. */
final class ShopText {

  private static final int MAX_MACHINES = 1_000_000;

  private record Line(int number, String text) {}

  private final String name;
  private final List<Line> lines = new ArrayList<>();
  private int next;

  ShopText(String name, String text) {
    this.name = name;
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(new Line(number, line));
      }
    }
  }

  private MillwrightException bad(Line line, String message) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        name + ", line " + line.number() + ": " + message + "\nMaybe the file has another format");
  }

  private Line line(String what) {
    if (next >= lines.size()) {
      Line last = lines.isEmpty() ? new Line(1, "") : lines.get(lines.size() - 1);
      throw bad(last, "the file ends before " + what);
    }
    return lines.get(next++);
  }

  private long[] numbers(Line line) {
    StringTokenizer words = new StringTokenizer(line.text());
    long[] numbers = new long[words.countTokens()];
    for (int i = 0; i < numbers.length; i++) {
      String word = words.nextToken();
      try {
        numbers[i] = word.indexOf('.') < 0 ? Long.parseLong(word) : (long) Double.parseDouble(word);
      } catch (NumberFormatException e) {
        throw bad(line, "\"" + word + "\" is not a number");
      }
    }
    return numbers;
  }

  /** The line with the numbers of jobs and machines. */
  private int[] size() {
    Line line = line("the line with the numbers of jobs and machines");
    long[] numbers = numbers(line);
    if (numbers.length < 2) {
      throw bad(line, "expected the numbers of jobs and machines");
    }
    if (numbers[0] < 1 || numbers[0] > lines.size() + (long) MAX_MACHINES) {
      throw bad(line, "the number of jobs is " + numbers[0]);
    }
    if (numbers[1] < 1 || numbers[1] > MAX_MACHINES) {
      throw bad(line, "the number of machines is " + numbers[1]);
    }
    return new int[] {(int) numbers[0], (int) numbers[1]};
  }

  private Alternative alternative(Line line, long machine, long duration, int machines) {
    if (machine < 0 || machine >= machines) {
      throw bad(line, "a machine outside the " + machines + " of the first line");
    }
    if (duration < 0) {
      throw bad(line, "the duration " + duration + " is negative");
    }
    return Alternative.of("m" + machine, duration);
  }

  private Shop shop(int machines, List<ShopJob> jobs) {
    if (next < lines.size()) {
      throw bad(lines.get(next), "more lines than the first line announces");
    }
    List<Machine> all = IntStream.range(0, machines).mapToObj(m -> Machine.of("m" + m)).toList();
    return Shop.builder(name, all, jobs).tick(Unit.of("tick")).build();
  }

  private static ShopJob chain(int job, List<Operation> operations) {
    return ShopJob.of("j" + job, ShopJob.chained(operations));
  }

  Shop jobShop() {
    if (!lines.isEmpty() && Character.isLetter(lines.get(0).text().charAt(0))) {
      return taillardJobShop();
    }
    int[] size = size();
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < size[0]; j++) {
      Line line = line("job " + j);
      long[] n = numbers(line);
      int used = n.length;
      if (used >= 2 && n[used - 1] == -1 && n[used - 2] == -1) {
        used -= 2;
      }
      if (used % 2 != 0 || used == 0) {
        throw bad(line, "expected pairs of machine and duration, found " + used + " numbers");
      }
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < used; i += 2) {
        operations.add(Operation.of("o" + i / 2, alternative(line, n[i], n[i + 1], size[1])));
      }
      jobs.add(chain(j, operations));
    }
    return shop(size[1], jobs);
  }

  private Shop taillardJobShop() {
    next = 1;
    int[] size = size();
    line("the line \"Times\"");
    long[][] times = block(size, "durations");
    line("the line \"Machines\"");
    int first = next;
    long[][] machines = block(size, "machines");
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < size[0]; j++) {
      Line line = lines.get(first + j);
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < size[1]; i++) {
        operations.add(
            Operation.of("o" + i, alternative(line, machines[j][i] - 1, times[j][i], size[1])));
      }
      jobs.add(chain(j, operations));
    }
    return shop(size[1], jobs);
  }

  /** A line a job with a number for each machine. */
  private long[][] block(int[] size, String what) {
    long[][] rows = new long[size[0]][];
    for (int j = 0; j < size[0]; j++) {
      Line line = line("the " + what + " of job " + j);
      rows[j] = numbers(line);
      if (rows[j].length != size[1]) {
        throw bad(
            line, rows[j].length + " " + what + " of job " + j + " for " + size[1] + " machines");
      }
    }
    return rows;
  }

  Shop flexible() {
    int[] size = size();
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < size[0]; j++) {
      Line line = line("job " + j);
      long[] n = numbers(line);
      List<Operation> operations = new ArrayList<>();
      int at = 1;
      if (n[0] < 1 || n[0] > n.length) {
        throw bad(line, "the number of operations is " + n[0]);
      }
      for (int i = 0; i < n[0]; i++) {
        long k = at < n.length ? n[at++] : 0;
        if (k < 1 || at + 2 * k > n.length) {
          throw bad(
              line, "operation " + i + " has " + k + " machines, but the line ends too early");
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (int a = 0; a < k; a++, at += 2) {
          alternatives.add(alternative(line, n[at] - 1, n[at + 1], size[1]));
        }
        operations.add(Operation.of("o" + i, alternatives.toArray(Alternative[]::new)));
      }
      if (at != n.length) {
        throw bad(line, (n.length - at) + " numbers are left after the last operation");
      }
      jobs.add(chain(j, operations));
    }
    return shop(size[1], jobs);
  }

  Shop flowShop() {
    if (!lines.isEmpty() && !Character.isDigit(lines.get(0).text().charAt(0))) {
      return taillard();
    }
    return jobShop().asPermutation();
  }

  private Shop taillard() {
    next = 1;
    int[] size = size();
    line("the line \"processing times\"");
    long[][] times = new long[size[1]][];
    Line line = lines.get(0);
    for (int m = 0; m < size[1]; m++) {
      line = line("machine " + m);
      times[m] = numbers(line);
      if (times[m].length != size[0]) {
        throw bad(
            line,
            "machine " + m + " has " + times[m].length + " durations for " + size[0] + " jobs");
      }
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < size[0]; j++) {
      Operation[] operations = new Operation[size[1]];
      for (int m = 0; m < size[1]; m++) {
        operations[m] = Operation.of("o" + m, alternative(line, m, times[m][j], size[1]));
      }
      jobs.add(chain(j, Arrays.asList(operations)));
    }
    return shop(size[1], jobs).asPermutation();
  }
}
