package io.millwright.personalization.internal.configure;

import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Answers what is possible and why not. One solver holds all rules; a second one, made when it is
 * needed, can leave each rule out. Not thread-safe.
 */
final class Prover {

  private final Compiled compiled;
  private final Sat all;
  private final boolean[] dead;
  private @org.jspecify.annotations.Nullable Sat open;

  Prover(Compiled compiled) {
    this.compiled = compiled;
    this.all = new Sat(compiled.variables());
    for (Compiled.Part p : compiled.parts()) {
      if (p.isClause()) {
        all.clause(p.lits());
      } else {
        all.atMost(p.lits(), p.coefs(), p.bound());
      }
    }
    this.dead = new boolean[compiled.variables()];
  }

  boolean solve(int... assumed) {
    return all.solve(assumed);
  }

  /** For each feature the choice in the last solution. */
  Map<String, String> solution() {
    Map<String, String> map = new LinkedHashMap<>();
    List<Feature> features = compiled.model().features();
    for (int f = 0; f < features.size(); f++) {
      for (int c = 0; c < features.get(f).choices().size(); c++) {
        if (all.holds(compiled.variable(f, c))) {
          map.put(features.get(f).name(), features.get(f).choices().get(c).name());
        }
      }
    }
    return map;
  }

  /**
   * Which choices have a valid completion, exactly; null when the assumptions themselves have none.
   * Every solution found shows many of them at once, since the search prefers what is not yet
   * shown.
   */
  boolean @org.jspecify.annotations.Nullable [] possible(int[] assumed) {
    int n = 0;
    for (int f = 0; f < compiled.first().length; f++) {
      n = Math.max(n, compiled.first()[f] + compiled.model().features().get(f).choices().size());
    }
    boolean[] shown = new boolean[n];
    boolean[] decided = new boolean[n];
    for (int v = 0; v < n; v++) {
      all.prefer(v, true);
      decided[v] = dead[v];
    }
    if (!all.solve(assumed)) {
      return null;
    }
    mark(shown, decided);
    for (int v = 0; v < n; v++) {
      if (decided[v]) {
        continue;
      }
      int[] more = Arrays.copyOf(assumed, assumed.length + 1);
      more[assumed.length] = 2 * v;
      if (all.solve(more)) {
        mark(shown, decided);
      } else {
        decided[v] = true;
        if (assumed.length == 0) {
          dead[v] = true;
        }
      }
    }
    return shown;
  }

  private void mark(boolean[] shown, boolean[] decided) {
    for (int v = 0; v < shown.length; v++) {
      if (all.holds(v)) {
        shown[v] = true;
        decided[v] = true;
      }
      all.prefer(v, !decided[v]);
    }
  }

  /**
   * A smallest set of assumptions and rules that cannot hold together: without any one of them the
   * others can. Empty when they can hold.
   *
   * @return literals of assumptions, and {@code -1 - rule} for rules
   */
  int[] conflict(int[] assumed) {
    Sat sat = open();
    ProductModel model = compiled.model();
    int rules = model.rules().size();
    int[] every = new int[assumed.length + rules];
    System.arraycopy(assumed, 0, every, 0, assumed.length);
    for (int r = 0; r < rules; r++) {
      every[assumed.length + r] = selector(r);
    }
    if (sat.solve(every)) {
      return new int[0];
    }
    List<Integer> core = new ArrayList<>(IntStream.of(sat.core()).boxed().toList());
    // Deletion: what can go goes; what remains is needed (Chinneck and Dravnieks 1991).
    int k = 0;
    while (k < core.size()) {
      List<Integer> less = new ArrayList<>(core);
      less.remove(k);
      if (sat.solve(less.stream().mapToInt(Integer::intValue).toArray())) {
        k++;
      } else {
        List<Integer> kept = IntStream.of(sat.core()).boxed().toList();
        List<Integer> before = core.subList(0, k);
        List<Integer> next = new ArrayList<>(before);
        for (int l : less.subList(k, less.size())) {
          if (kept.contains(l)) {
            next.add(l);
          }
        }
        core = next;
      }
    }
    return core.stream()
        .sorted()
        .mapToInt(l -> l >= 2 * compiled.variables() ? -1 - (l / 2 - compiled.variables()) : l)
        .toArray();
  }

  private int selector(int rule) {
    return 2 * (compiled.variables() + rule);
  }

  private Sat open() {
    Sat known = open;
    if (known != null) {
      return known;
    }
    Sat sat = new Sat(compiled.variables() + compiled.model().rules().size());
    for (Compiled.Part p : compiled.parts()) {
      if (p.rule() < 0) {
        if (p.isClause()) {
          sat.clause(p.lits());
        } else {
          sat.atMost(p.lits(), p.coefs(), p.bound());
        }
        continue;
      }
      int[] lits = Arrays.copyOf(p.lits(), p.lits().length + 1);
      if (p.isClause()) {
        lits[p.lits().length] = selector(p.rule()) ^ 1;
        sat.clause(lits);
      } else {
        long[] coefs = Arrays.copyOf(p.coefs(), p.coefs().length + 1);
        long total = Arrays.stream(p.coefs()).sum();
        // With the rule chosen the room shrinks to the bound; without it everything fits.
        long over = Math.max(0, total - p.bound());
        lits[p.lits().length] = selector(p.rule());
        coefs[p.coefs().length] = over;
        sat.atMost(lits, coefs, p.bound() + over);
      }
    }
    open = sat;
    return sat;
  }
}
