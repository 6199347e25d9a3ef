package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.Component;
import io.millwright.supplychain.StockNetworks.Echelons;
import io.millwright.supplychain.StockNetworks.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An assembly as the serial system that it is worth (Rosling 1989): parts by the time they take
 * until they are in the product, each stage as long as they differ.
 */
final class AssemblySystem {

  private AssemblySystem() {}

  static Echelons solve(
      List<Component> components, double rate, Function<List<Stage>, Echelons> serial) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < components.size(); i++) {
      Component c = components.get(i);
      DefaultStockNetworks.check(
          index.put(c.name(), i) == null, "the part \"" + c.name() + "\" stands twice");
      DefaultStockNetworks.check(
          c.holding() > 0 && Double.isFinite(c.holding()),
          "the echelon's holding cost of \"" + c.name() + "\" is " + c.holding());
      DefaultStockNetworks.check(
          c.leadTime() > 0 && Double.isFinite(c.leadTime()),
          "the lead time of \"" + c.name() + "\" is " + c.leadTime());
    }
    List<String> ends =
        components.stream().filter(c -> c.feeds().isEmpty()).map(Component::name).toList();
    DefaultStockNetworks.check(
        ends.size() == 1, "parts that feed nothing: " + ends + ", but the product alone must");
    double[] total = new double[components.size()];
    for (int i = 0; i < total.length; i++) {
      int steps = 0;
      for (String at = components.get(i).name(); !at.isEmpty(); steps++) {
        Integer here = index.get(at);
        DefaultStockNetworks.check(here != null, "a part feeds \"" + at + "\", which is none");
        DefaultStockNetworks.check(
            steps < total.length, "\"" + components.get(i).name() + "\" leads into a circle");
        if (here == null) {
          break;
        }
        total[i] += components.get(here).leadTime();
        at = components.get(here).feeds();
      }
    }
    List<Integer> order =
        IntStream.range(0, total.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> total[i]))
            .toList();
    List<Stage> stages = new ArrayList<>();
    int[] stage = new int[total.length];
    double before = 0;
    for (int i : order) {
      double holding = components.get(i).holding();
      double time = total[i] - before;
      if (time > 1e-9 * total[i]) {
        stages.add(new Stage(holding, time));
        before = total[i];
      } else {
        // Parts that take as long are ordered together.
        Stage last = stages.remove(stages.size() - 1);
        stages.add(new Stage(last.holding() + holding, last.leadTime()));
      }
      stage[i] = stages.size() - 1;
    }
    Echelons answer = serial.apply(stages);
    List<Double> levels = new ArrayList<>();
    double early = 0;
    for (int i = 0; i < stage.length; i++) {
      Stage worth = stages.get(stage[i]);
      levels.add(answer.levels().get(stage[i]));
      // The serial system holds a part from the end of its stage on, the assembly from its arrival.
      early += components.get(i).holding() * (components.get(i).leadTime() - worth.leadTime());
    }
    return new Echelons(levels, answer.cost() - rate * early);
  }
}
