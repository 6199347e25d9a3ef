package io.millwright.production.internal.planning;

import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.production.internal.support.Mip;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches one plan: cuts at the root, a first plan, then fix-and-optimise; where items are made of
 * nothing and at one place, set-ups are annealed in turns with it.
 */
final class Planning {

  private static final int MOST_CUT_ROUNDS = 30;
  private static final double FIRST_SECONDS = 0.8;
  private static final double PART_SECONDS = 1.0;
  private static final double WHOLE_SECONDS = 10;

  /** More seconds left than that are no limit. */
  private static final double TIMED = 1e8;

  /** The most of the time left that one cooling of all set-ups takes. */
  private static final double COOLING_SHARE = 0.25;

  private final PlanModel plan;
  private final BooleanSupplier stopped;
  private final DoubleSupplier left;
  private final KeyedRandom random = KeyedRandom.of(0, KeyedRandom.Purpose.OTHER, 19);

  double bound = Double.NEGATIVE_INFINITY;
  double best = Double.POSITIVE_INFINITY;
  double[] values = new double[0];
  Solution.End end = Solution.End.NONE_FOUND;
  private double partSize = 45;
  private double[] relaxed = {};
  private final List<SetupSearch> setups;

  /** Seconds of parts since the last cooling, and of that cooling. */
  private double parts;

  private double cooling;

  Planning(PlanModel plan, BooleanSupplier stopped, DoubleSupplier left) {
    this.plan = plan;
    this.stopped = stopped;
    this.left = left;
    setups = SetupSearch.of(plan.problem, plan.items);
  }

  void run(long searches, Consumer<Planning> better) {
    // A first plan before anything else; the linear program of a busy machine takes seconds.
    annealed(better);
    if (!root()) {
      end = Solution.End.INFEASIBLE;
      return;
    }
    long done = 0;
    rounded(better);
    double limit = FIRST_SECONDS;
    // A first plan soon; when there is none, longer and longer.
    while (values.length == 0 && done < searches && open()) {
      whole(Math.min(limit, left.getAsDouble()), better);
      done++;
      if (end == Solution.End.INFEASIBLE || end == Solution.End.OPTIMAL) {
        return;
      }
      limit *= 3;
    }
    Whole beside = new Whole(plan.model.getClone());
    Thread thread = new Thread(beside, "master plan, whole");
    thread.setDaemon(true);
    boolean timed = left.getAsDouble() < TIMED;
    if (timed) {
      thread.start();
    }
    while (done < searches && open() && values.length > 0 && !beside.proven) {
      long begun = System.nanoTime();
      part(better);
      done++;
      parts += (System.nanoTime() - begun) / 1e9;
      // What is to be repeatable takes turns by count.
      if (timed ? parts > cooling : done % 2 == 0) {
        annealed(better);
      }
    }
    if (timed) {
      beside.ended = true;
      join(thread);
      Mip.Answer answer = beside.answer;
      if (answer != null) {
        bound(answer);
        take(answer, better);
      }
    } else if (open()) {
      whole(WHOLE_SECONDS, better);
    }
    if (values.length > 0 && best <= bound + gap()) {
      end = Solution.End.OPTIMAL;
    }
  }

  /** Anneals the set-ups of every work centre for as long as parts took, and takes the best. */
  private void annealed(Consumer<Planning> better) {
    if (setups.isEmpty() || !open()) {
      return;
    }
    long begun = System.nanoTime();
    boolean any = values.length == 0;
    do {
      for (SetupSearch s : setups) {
        double seconds = Math.max(0.02, COOLING_SHARE * left.getAsDouble() / setups.size());
        long from = System.nanoTime();
        any |=
            s.cool(() -> stopped.getAsBoolean() ? 1 : (System.nanoTime() - from) / (1e9 * seconds));
      }
      cooling = (System.nanoTime() - begun) / 1e9;
    } while (cooling < parts && left.getAsDouble() < TIMED && open());
    parts = 0;
    if (any && setups.stream().allMatch(SetupSearch::found)) {
      List<Variable> fixed = new ArrayList<>();
      for (SetupSearch s : setups) {
        for (int k = 0; k < s.operations.size(); k++) {
          for (int t = 0; t < plan.periods; t++) {
            Variable v = plan.setup[s.operations.get(k)][t];
            double at = s.on(k, t) ? 1 : 0;
            v.setLowerBound(at);
            v.setUpperBound(at);
            fixed.add(v);
          }
        }
      }
      take(Mip.solve(plan.model, Math.max(0.1, left.getAsDouble()), stopped), better);
      released(fixed);
    }
  }

  private static void released(List<Variable> fixed) {
    for (Variable v : fixed) {
      v.setLowerBound(0);
      v.setUpperBound(1);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The whole problem on the second core: for the bound, and for what parts do not find. */
  private final class Whole implements Runnable {
    private final ModelBuilder copy;
    private volatile boolean ended;
    private volatile boolean proven;
    private volatile Mip.@Nullable Answer answer;

    Whole(ModelBuilder copy) {
      this.copy = copy;
    }

    @Override
    public void run() {
      try {
        Mip.Answer found =
            Mip.solve(
                copy, Math.max(0.1, left.getAsDouble()), () -> ended || stopped.getAsBoolean());
        answer = found;
        proven = found.end() == Solution.End.OPTIMAL;
      } catch (MillwrightException e) {
        // Parts go on without it; its error is theirs as well when it is one of the model.
        answer = null;
      }
    }
  }

  /** Choices that the linear program leaves at 0 or 1 stay there, the others are searched. */
  private void rounded(Consumer<Planning> better) {
    if (relaxed.length == 0) {
      return;
    }
    List<Variable> fixed = new ArrayList<>();
    for (Variable v : plan.choices()) {
      double at = v.getIndex() < relaxed.length ? relaxed[v.getIndex()] : 0.5;
      if (at < 1e-6 || at > 1 - 1e-6) {
        v.setLowerBound(Math.rint(at));
        v.setUpperBound(Math.rint(at));
        fixed.add(v);
      }
    }
    take(Mip.solve(plan.model, Math.min(FIRST_SECONDS, left.getAsDouble()), stopped), better);
    released(fixed);
  }

  private void bound(Mip.Answer answer) {
    if (!Double.isNaN(answer.bound())) {
      bound = Math.max(bound, answer.bound());
    }
  }

  private boolean open() {
    return !stopped.getAsBoolean() && left.getAsDouble() > 0.05 && best > bound + gap();
  }

  private double gap() {
    return values.length == 0 ? 0 : 1e-6 * Math.max(1, Math.abs(best));
  }

  /** The linear program with its cuts; false when there is no plan at all. */
  private boolean root() {
    List<Variable> choices = plan.choices();
    choices.forEach(v -> v.setIntegrality(false));
    boolean feasible = true;
    for (int round = 0; round < MOST_CUT_ROUNDS && left.getAsDouble() > 0.2; round++) {
      Mip.Answer lp = Mip.linear(plan.model, left.getAsDouble(), stopped);
      if (lp.end() == Solution.End.INFEASIBLE) {
        feasible = false;
        break;
      }
      if (lp.values().length == 0) {
        break;
      }
      bound = Math.max(bound, lp.objective() - 1e-7 * Math.abs(lp.objective()));
      relaxed = lp.values();
      if (plan.cut(v -> lp.values()[v.getIndex()]) == 0) {
        break;
      }
    }
    choices.forEach(v -> v.setIntegrality(true));
    return feasible;
  }

  private void whole(double seconds, Consumer<Planning> better) {
    Mip.Answer answer = Mip.solve(plan.model, seconds, stopped);
    if (answer.end() == Solution.End.INFEASIBLE) {
      end = values.length == 0 ? Solution.End.INFEASIBLE : end;
      return;
    }
    bound(answer);
    take(answer, better);
    if (answer.end() == Solution.End.OPTIMAL && values.length > 0) {
      bound = Math.max(bound, Math.min(answer.bound(), best));
      end = Solution.End.OPTIMAL;
    }
  }

  private void take(Mip.Answer answer, Consumer<Planning> better) {
    if (answer.values().length > 0 && answer.objective() < best - gap()) {
      best = answer.objective();
      values = answer.values();
      end = Solution.End.FEASIBLE;
      better.accept(this);
    }
  }

  /** Frees the choices of a window of periods, or of some operations; the others stay. */
  private void part(Consumer<Planning> better) {
    List<Variable> free =
        switch (random.nextInt(4)) {
          case 0 -> periods();
          case 1 -> operations();
          case 2 -> doubted();
          default -> scattered();
        };
    boolean[] open = new boolean[plan.model.numVariables()];
    free.forEach(v -> open[v.getIndex()] = true);
    List<Variable> fixed = new ArrayList<>();
    for (Variable v : plan.choices()) {
      if (!open[v.getIndex()]) {
        double at = Math.rint(values[v.getIndex()]);
        v.setLowerBound(at);
        v.setUpperBound(at);
        fixed.add(v);
      }
    }
    double before = best;
    long begun = System.nanoTime();
    double seconds = Math.min(PART_SECONDS, left.getAsDouble());
    Mip.Answer answer = Mip.solve(plan.model, seconds, stopped);
    double took = (System.nanoTime() - begun) / 1e9;
    released(fixed);
    take(answer, better);
    // Parts grow while they are solved soon, and shrink when they are not.
    boolean solved = answer.end() == Solution.End.OPTIMAL;
    if (solved && took < 0.35 * PART_SECONDS && best >= before) {
      partSize *= 1.15;
    } else if (!solved) {
      partSize = Math.max(8, partSize * 0.8);
    }
  }

  private List<Variable> periods() {
    int each = Math.max(1, plan.choices(0).size());
    int window = (int) Math.max(2, Math.min(plan.periods, Math.round(partSize / each)));
    int from = random.nextInt(plan.periods - window + 1);
    List<Variable> free = new ArrayList<>();
    for (int t = from; t < from + window; t++) {
      free.addAll(plan.choices(t));
    }
    return free;
  }

  /** Where the plan and the linear program differ most, with a little luck (RINS, Danna 2005). */
  private List<Variable> doubted() {
    List<Variable> all = new ArrayList<>(plan.choices());
    double[] doubt = new double[plan.model.numVariables()];
    for (Variable v : all) {
      int i = v.getIndex();
      double lp = i < relaxed.length ? relaxed[i] : 0.5;
      doubt[i] = Math.abs(values[i] - lp) + 0.4 * random.nextDouble();
    }
    all.sort(Comparator.comparingDouble(v -> -doubt[v.getIndex()]));
    return all.subList(0, (int) Math.min(all.size(), partSize));
  }

  /** Some operations over a window of periods that is longer than that of all. */
  private List<Variable> scattered() {
    int p = plan.make.length;
    int window = Math.min(plan.periods, Math.max(2, plan.periods * 2 / 3));
    int count = (int) Math.max(1, Math.min(p, Math.round(partSize / window)));
    int from = random.nextInt(plan.periods - window + 1);
    int[] order = random.permutation(p);
    List<Variable> free = new ArrayList<>();
    for (int t = from; t < from + window; t++) {
      for (int k = 0; k < count; k++) {
        free.addAll(plan.choices(order[k], t));
      }
      for (Variable[] f : plan.family) {
        free.add(f[t]);
      }
    }
    return free;
  }

  private List<Variable> operations() {
    int p = plan.make.length;
    int count = (int) Math.max(1, Math.min(p, Math.round(partSize / plan.periods)));
    int[] order = random.permutation(p);
    List<Variable> free = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      for (int t = 0; t < plan.periods; t++) {
        free.addAll(plan.choices(order[k], t));
      }
    }
    for (int t = 0; t < plan.periods; t++) {
      for (Variable[] f : plan.family) {
        free.add(f[t]);
      }
    }
    return free;
  }
}
