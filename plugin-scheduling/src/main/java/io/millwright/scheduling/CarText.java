package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses car sequencing as CSPLib publishes it; lines that begin with a percent sign say nothing.
 */
final class CarText {

  private static final int MOST = 100_000;

  private final String name;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int next;

  CarText(String name, String text) {
    this.name = name;
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      if (raw.strip().startsWith("%")) {
        continue;
      }
      for (String word : raw.strip().split("\\s+", -1)) {
        if (!word.isEmpty()) {
          words.add(word);
          lines.add(line);
        }
      }
    }
  }

  private MillwrightException bad(String message) {
    int line = lines.isEmpty() ? 1 : lines.get(Math.max(0, Math.min(next, lines.size()) - 1));
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        name + ", line " + line + ": " + message + "\nMaybe the file has another format");
  }

  private int number(String what, int least, int most) {
    if (next == words.size()) {
      throw bad("the file ends before " + what);
    }
    String word = words.get(next++);
    try {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("\"" + word + "\" is not a whole number");
    }
    throw bad(what + " is " + word + ", but must lie between " + least + " and " + most);
  }

  Shop line() {
    int cars = number("the number of cars", 1, MOST);
    int options = number("the number of options", 0, MOST);
    int classes = number("the number of classes", 1, MOST);
    int[] most = new int[options];
    for (int o = 0; o < options; o++) {
      most[o] = number("how many of a block carry an option", 0, MOST);
    }
    List<Mix> mixes = new ArrayList<>();
    for (int o = 0; o < options; o++) {
      mixes.add(new Mix("option" + o, most[o], number("the size of a block", most[o] + 1, MOST)));
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      number("the number of a class", 0, MOST);
      int count = number("how many cars a class has", 0, cars - jobs.size());
      List<String> carried = new ArrayList<>();
      for (int o = 0; o < options; o++) {
        if (number("whether a class carries an option", 0, 1) == 1) {
          carried.add("option" + o);
        }
      }
      Operation build =
          Operation.builder("o0", List.of(Alternative.of("line", 1))).options(carried).build();
      for (int k = 0; k < count; k++) {
        jobs.add(ShopJob.of("j" + jobs.size(), List.of(build)));
      }
    }
    if (jobs.size() != cars) {
      throw bad("the classes have " + jobs.size() + " cars, but there are " + cars);
    }
    if (next < words.size()) {
      next++;
      throw bad("behind the last class stands \"" + words.get(next - 1) + "\"");
    }
    Machine line = Machine.builder("line").mixes(mixes).build();
    return Shop.builder(name, List.of(line), jobs).tick(Unit.of("tick")).build();
  }
}
