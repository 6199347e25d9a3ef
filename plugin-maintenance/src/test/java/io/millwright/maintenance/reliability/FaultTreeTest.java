package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.FaultGate;
import io.millwright.maintenance.FaultTree;
import io.millwright.maintenance.FaultTreeAnalysis;
import io.millwright.maintenance.Maintenance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTreeTest {

  private static FaultTreeAnalysis analyze(FaultTree tree) {
    try (Millwright millwright = Millwright.create()) {
      return millwright.plugin(Maintenance.class).reliability().faultTree(tree);
    }
  }

  private static Set<Set<String>> sets(FaultTreeAnalysis analysis) {
    Set<Set<String>> sets = new HashSet<>();
    analysis.cutSets().forEach(c -> sets.add(Set.copyOf(c.events())));
    return sets;
  }

  /** The pressure tank of the Fault Tree Handbook (NUREG-0492, chapter VIII). */
  @Test
  void thePressureTankHasItsFivePublishedCutSets() {
    FaultTree tank =
        FaultTree.parse(
            """
            rupture = OR(T, over-pressure)      # the tank itself
            over-pressure = OR(K2, switch and circuit)
            switch and circuit = AND(S, circuit closed)
            circuit closed = OR(S1, K1, R)
            T = 5e-6
            K2 = 3e-5
            S = 1e-4
            S1 = 3e-5
            K1 = 3e-5
            R = 1e-4
            """);
    FaultTreeAnalysis analysis = analyze(tank);
    assertThat(sets(analysis))
        .containsExactlyInAnyOrder(
            Set.of("T"), Set.of("K2"), Set.of("S", "S1"), Set.of("S", "K1"), Set.of("S", "R"));
    // The handbook rounds to 3.4e-5; K2 carries nearly all of it.
    assertThat(analysis.probability()).isCloseTo(3.5e-5, within(2e-7));
    assertThat(analysis.events().get(0).event()).isEqualTo("K2");
    assertThat(analysis.events().get(0).fussellVesely()).isCloseTo(0.857, within(2e-3));
    assertThat(analysis.cutSets().get(0).chain().get(0))
        .containsExactly("over-pressure", "rupture");
  }

  /** The bridge (Barlow and Proschan 1975): repeated events, 2 q² + 2 q³ - 5 q⁴ + 2 q⁵. */
  @Test
  void theBridgeIsExactAlthoughItsEventsAreRepeated() {
    double q = 0.1;
    Map<String, FaultGate> gates = new LinkedHashMap<>();
    gates.put("open", FaultGate.or("12", "45", "135", "234"));
    gates.put("12", FaultGate.and("1", "2"));
    gates.put("45", FaultGate.and("4", "5"));
    gates.put("135", FaultGate.and("1", "3", "5"));
    gates.put("234", FaultGate.and("2", "3", "4"));
    Map<String, Double> events = Map.of("1", q, "2", q, "3", q, "4", q, "5", q);
    FaultTreeAnalysis analysis = analyze(new FaultTree("open", gates, events));
    double exact = 2 * q * q + 2 * Math.pow(q, 3) - 5 * Math.pow(q, 4) + 2 * Math.pow(q, 5);
    assertThat(analysis.probability()).isCloseTo(exact, within(1e-15));
    assertThat(analysis.cutSetCount()).isEqualTo(4);
    assertThat(analysis.bound()).isGreaterThan(exact);
  }

  @Test
  void someOutOfManyIsTheBinomialTail() {
    FaultTree pumps = FaultTree.parse("top = 3(a, b, c, d)\na=0.2\nb=0.2\nc=0.2\nd=0.2");
    FaultTreeAnalysis analysis = analyze(pumps);
    assertThat(analysis.probability())
        .isCloseTo(4 * Math.pow(0.2, 3) * 0.8 + Math.pow(0.2, 4), within(1e-15));
    assertThat(analysis.cutSets()).hasSize(4);
    assertThat(FaultTree.probability("rate 1e-3 time 100"))
        .isCloseTo(1 - Math.exp(-0.1), within(1e-15));
    assertThat(FaultTree.probability("rate 1e-3 repair 0.009")).isCloseTo(0.1, within(1e-12));
  }

  /** A drawn tree: gates refer to later gates and to events, which repeat. */
  private static FaultTree drawn(Random random) {
    int n = 3 + random.nextInt(6);
    int g = 2 + random.nextInt(6);
    Map<String, FaultGate> gates = new LinkedHashMap<>();
    Map<String, Double> events = new LinkedHashMap<>();
    for (int i = 0; i < g; i++) {
      Set<String> inputs = new HashSet<>();
      if (i + 1 < g) {
        inputs.add("g" + (i + 1));
      }
      int more = 1 + random.nextInt(3);
      for (int k = 0; k < more || inputs.size() < 2; k++) {
        boolean gate = i + 2 < g && random.nextInt(3) == 0;
        inputs.add(gate ? "g" + (i + 2 + random.nextInt(g - i - 2)) : "e" + random.nextInt(n));
      }
      List<String> list = new ArrayList<>(inputs);
      gates.put("g" + i, new FaultGate(1 + random.nextInt(list.size()), list));
      list.stream()
          .filter(name -> name.startsWith("e"))
          .forEach(name -> events.computeIfAbsent(name, k -> random.nextDouble()));
    }
    return new FaultTree("g0", gates, events);
  }

  private static boolean fails(FaultTree tree, String name, Set<String> occurred) {
    FaultGate gate = tree.gates().get(name);
    return gate == null
        ? occurred.contains(name)
        : gate.inputs().stream().filter(i -> fails(tree, i, occurred)).count() >= gate.least();
  }

  @Test
  void drawnTreesAgreeWithEveryCombinationOfEvents() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      FaultTree tree = drawn(random);
      List<String> names = List.copyOf(tree.events().keySet());
      double probability = 0;
      Map<String, double[]> given = new LinkedHashMap<>();
      Map<String, Double> vesely = new LinkedHashMap<>();
      List<Set<String>> failing = new ArrayList<>();
      for (int mask = 0; mask < 1 << names.size(); mask++) {
        Set<String> occurred = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
          if ((mask >> i & 1) == 1) {
            occurred.add(names.get(i));
          }
        }
        if (fails(tree, tree.top(), occurred)) {
          failing.add(occurred);
        }
      }
      Set<Set<String>> minimal = new HashSet<>();
      for (Set<String> set : failing) {
        boolean least =
            failing.stream().noneMatch(o -> o.size() < set.size() && set.containsAll(o));
        if (least) {
          minimal.add(set);
        }
      }
      for (Set<String> set : failing) {
        double p = 1;
        for (String name : names) {
          double own = tree.events().get(name);
          p *= set.contains(name) ? own : 1 - own;
        }
        probability += p;
        for (String name : names) {
          double own = tree.events().get(name);
          double[] sums = given.computeIfAbsent(name, k -> new double[2]);
          sums[set.contains(name) ? 0 : 1] += p / (set.contains(name) ? own : 1 - own);
          if (minimal.stream().anyMatch(m -> m.contains(name) && set.containsAll(m))) {
            vesely.merge(name, p, Double::sum);
          }
        }
      }
      FaultTreeAnalysis analysis = analyze(tree);
      assertThat(analysis.probability()).isCloseTo(probability, within(1e-12));
      assertThat(sets(analysis)).isEqualTo(minimal);
      assertThat(analysis.cutSetCount()).isEqualTo(minimal.size());
      for (int i = 1; i < analysis.cutSets().size(); i++) {
        assertThat(analysis.cutSets().get(i).probability())
            .isLessThanOrEqualTo(analysis.cutSets().get(i - 1).probability() * (1 + 1e-12));
      }
      for (FaultTreeAnalysis.Importance e : analysis.events()) {
        double[] sums = given.getOrDefault(e.event(), new double[2]);
        assertThat(e.birnbaum()).isCloseTo(sums[0] - sums[1], within(1e-10));
        assertThat(e.fussellVesely())
            .isCloseTo(vesely.getOrDefault(e.event(), 0.0) / probability, within(1e-9));
        assertThat(e.cause()).isCloseTo(sums[0] * e.probability() / probability, within(1e-9));
      }
    }
  }

  @Test
  void aThousandEventsAreNoTrouble() {
    StringBuilder text = new StringBuilder("plant = OR(");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(i == 0 ? "" : ", ").append("line ").append(i);
      lines.append("line " + i + " = 2(a" + i + ", b" + i + ", c" + i + ", shared)\n");
      for (String one : List.of("a", "b", "c")) {
        lines.append(one + i + " = 1e-3\n");
      }
    }
    FaultTreeAnalysis analysis = analyze(FaultTree.parse(text + ")\n" + lines + "shared = 1e-4\n"));
    // With the shared event any other fails its line; without it two of three.
    double two = 3e-6 * (1 - 1e-3) + 1e-9;
    double without = 1 - Math.pow(1 - two, 200);
    double with = 1 - Math.pow(1 - 1e-3, 600);
    assertThat(analysis.probability()).isCloseTo(1e-4 * with + (1 - 1e-4) * without, within(1e-12));
    assertThat(analysis.cutSetCount()).isEqualTo(1200);
  }

  @Test
  void whatIsNoTreeIsNamed() {
    for (String[] bad :
        new String[][] {
          {"", "empty"},
          {"a = OR(b)\nb = AND(a)", "leads to itself"},
          {"a = OR(b, c)\nb = 0.1", "c is neither"},
          {"a = OR(b)\nb = 1.1", "probability of b"},
          {"a = OR(b)\nb = 0.1\nd = 0.1", "nothing leads"},
          {"a = OR(b)\nb = 0.1\nb = 0.2", "again"},
          {"a = XOR(b)\nb = 0.1", "line 1"},
          {"a = 3(b, c)\nb = 0.1\nc = 0.1", "line 1"},
          {"a = OR(b,)\nb = 0.1", "line 1"},
          {"a is b", "line 1"},
          {"a = rate 1 every 2", "line 1"},
          {"a = NaN", "probability of a"},
        }) {
      assertThatThrownBy(() -> FaultTree.parse(bad[0]))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining(bad[1])
          .hasMessageContaining("Maybe");
    }
    FaultTreeAnalysis never = analyze(FaultTree.parse("a = AND(b, c)\nb = 0\nc = 0.5"));
    assertThat(never.probability()).isZero();
    assertThat(never.events()).allMatch(e -> Double.isFinite(e.achievement()));
    assertThat(analyze(FaultTree.parse("a = 0.25")).probability()).isEqualTo(0.25);
  }
}
