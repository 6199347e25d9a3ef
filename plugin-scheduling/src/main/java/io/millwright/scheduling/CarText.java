package io.millwright.scheduling;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses car sequencing as CSPLib publishes it; lines that begin with a percent sign say nothing.
 */
final class CarText {

  private static final int MOST = 100_000;

  private final Words words;

  CarText(String name, String text) {
    words = new Words(name, text, "%");
  }

  Shop line() {
    int cars = words.number("the number of cars", 1, MOST);
    int options = words.number("the number of options", 0, MOST);
    int classes = words.number("the number of classes", 1, MOST);
    int[] most = new int[options];
    for (int o = 0; o < options; o++) {
      most[o] = words.number("how many of a block carry an option", 0, MOST);
    }
    List<Mix> mixes = new ArrayList<>();
    for (int o = 0; o < options; o++) {
      mixes.add(
          new Mix("option" + o, most[o], words.number("the size of a block", most[o] + 1, MOST)));
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      words.number("the number of a class", 0, MOST);
      int count = words.number("how many cars a class has", 0, cars - jobs.size());
      List<String> carried = new ArrayList<>();
      for (int o = 0; o < options; o++) {
        if (words.number("whether a class carries an option", 0, 1) == 1) {
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
      throw words.bad("the classes have " + jobs.size() + " cars, but there are " + cars);
    }
    words.end("the last class");
    Machine line = Machine.builder("line").mixes(mixes).build();
    return Shop.builder(words.name(), List.of(line), jobs).tick(Unit.of("tick")).build();
  }
}
