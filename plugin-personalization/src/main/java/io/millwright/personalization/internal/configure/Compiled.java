package io.millwright.personalization.internal.configure;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductRule;
import io.millwright.personalization.ProductRule.Condition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as clauses and sums over literals (2v for variable v, 2v+1 for its negation), each with
 * the rule it comes from. A variable says that a feature has a choice; some stand for conditions.
 *
 * @param model the model
 * @param first for each feature its first variable; choices follow one another
 * @param variables how many there are
 * @param parts clauses and sums
 */
record Compiled(ProductModel model, int[] first, int variables, List<Part> parts) {

  private static final long MOST = 1L << 50;

  /**
   * A clause (no coefficients: at least one literal) or a sum of at most a bound.
   *
   * @param rule the place of the rule, or -1 for what holds by itself
   * @param lits the literals
   * @param coefs for a sum, not negative
   * @param bound for a sum
   */
  record Part(int rule, int[] lits, long[] coefs, long bound) {
    boolean isClause() {
      return coefs.length == 0;
    }
  }

  static Compiled of(ProductModel model) {
    return new Compiler(model).compile();
  }

  int variable(int feature, int choice) {
    return first[feature] + choice;
  }

  private static final class Compiler {
    private final ProductModel model;
    private final int[] first;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Condition, Integer> conditions = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private int variables;

    Compiler(ProductModel model) {
      this.model = model;
      first = new int[model.features().size()];
      for (int f = 0; f < first.length; f++) {
        first[f] = variables;
        variables += model.features().get(f).choices().size();
        places.put(model.features().get(f).name(), f);
      }
    }

    Compiled compile() {
      for (int f = 0; f < first.length; f++) {
        int n = model.features().get(f).choices().size();
        int[] lits = new int[n];
        long[] ones = new long[n];
        for (int c = 0; c < n; c++) {
          lits[c] = 2 * (first[f] + c);
          ones[c] = 1;
        }
        parts.add(new Part(-1, lits, new long[0], 0));
        if (n > 1) {
          parts.add(new Part(-1, lits, ones, 1));
        }
      }
      for (int r = 0; r < model.rules().size(); r++) {
        ProductRule rule = model.rules().get(r);
        if (rule instanceof ProductRule.Implies i) {
          implies(r, i);
        } else if (rule instanceof ProductRule.Count c) {
          count(r, c);
        } else {
          limit(r, (ProductRule.Limit) rule);
        }
      }
      return new Compiled(model, first, variables, parts);
    }

    private int feature(String name) {
      return places.getOrDefault(name, -1);
    }

    /** The literals of the choices that a condition names, or of the others. */
    private List<Integer> lits(Condition c, boolean named) {
      int f = feature(c.feature());
      List<Feature.Choice> choices = model.features().get(f).choices();
      List<Integer> lits = new ArrayList<>();
      for (int k = 0; k < choices.size(); k++) {
        if (c.choices().contains(choices.get(k).name()) == named) {
          lits.add(2 * (first[f] + k));
        }
      }
      return lits;
    }

    /** A literal that says exactly what a condition says. */
    private int literal(Condition c) {
      List<Integer> in = lits(c, true);
      if (in.size() == 1) {
        return in.get(0);
      }
      List<Integer> out = lits(c, false);
      if (out.size() == 1) {
        return out.get(0) ^ 1;
      }
      return conditions.computeIfAbsent(
          c,
          x -> {
            int y = 2 * variables++;
            in.add(y ^ 1);
            parts.add(new Part(-1, array(in), new long[0], 0));
            out.add(y);
            parts.add(new Part(-1, array(out), new long[0], 0));
            return y;
          });
    }

    private static int[] array(List<Integer> lits) {
      return lits.stream().distinct().mapToInt(Integer::intValue).toArray();
    }

    private void implies(int r, ProductRule.Implies rule) {
      List<Integer> lits = new ArrayList<>();
      rule.when().forEach(c -> lits.addAll(lits(c, false)));
      rule.then().forEach(c -> lits.addAll(lits(c, true)));
      parts.add(new Part(r, array(lits), new long[0], 0));
    }

    private void count(int r, ProductRule.Count rule) {
      Map<Integer, Long> most = new TreeMap<>();
      Map<Integer, Long> least = new TreeMap<>();
      for (Condition c : rule.of()) {
        int l = literal(c);
        most.merge(l, 1L, Long::sum);
        least.merge(l ^ 1, 1L, Long::sum);
      }
      int n = rule.of().size();
      if (rule.most() < n) {
        sum(r, most, rule.most());
      }
      if (rule.least() > 0) {
        sum(r, least, (long) n - rule.least());
      }
    }

    private void sum(int r, Map<Integer, Long> coefs, long bound) {
      int[] lits = new int[coefs.size()];
      long[] values = new long[lits.length];
      int k = 0;
      for (Map.Entry<Integer, Long> e : coefs.entrySet()) {
        lits[k] = e.getKey();
        values[k++] = e.getValue();
      }
      parts.add(new Part(r, lits, values, bound));
    }

    private void limit(int r, ProductRule.Limit rule) {
      Map<Integer, BigDecimal> of = new LinkedHashMap<>();
      for (ProductRule.Term t : rule.terms()) {
        for (int f = 0; f < first.length; f++) {
          Feature feature = model.features().get(f);
          if (!t.measure() && f != feature(t.of())) {
            continue;
          }
          for (int k = 0; k < feature.choices().size(); k++) {
            Feature.Choice c = feature.choices().get(k);
            double value = t.measure() ? c.measures().getOrDefault(t.of(), 0.0) : c.number();
            if (value != 0) {
              of.merge(
                  first[f] + k,
                  BigDecimal.valueOf(t.factor()).multiply(BigDecimal.valueOf(value)),
                  BigDecimal::add);
            }
          }
        }
      }
      int scale =
          of.values().stream().mapToInt(v -> v.stripTrailingZeros().scale()).max().orElse(0);
      scale = Math.max(0, Math.min(scale, 9));
      if (rule.high() != Double.POSITIVE_INFINITY) {
        atMost(r, rule, of, scale, 1, BigDecimal.valueOf(rule.high()));
      }
      if (rule.low() != Double.NEGATIVE_INFINITY) {
        atMost(r, rule, of, scale, -1, BigDecimal.valueOf(rule.low()).negate());
      }
    }

    /** Shifts each feature so that its smallest coefficient is 0. */
    private void atMost(
        int r,
        ProductRule.Limit rule,
        Map<Integer, BigDecimal> of,
        int scale,
        int sign,
        BigDecimal high) {
      BigDecimal unit = BigDecimal.TEN.pow(scale);
      long bound = exact(high.multiply(unit).setScale(0, RoundingMode.FLOOR), rule);
      Map<Integer, Long> coefs = new TreeMap<>();
      long largest = 0;
      for (int f = 0; f < first.length; f++) {
        int n = model.features().get(f).choices().size();
        long[] c = new long[n];
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int k = 0; k < n; k++) {
          BigDecimal v = of.getOrDefault(first[f] + k, BigDecimal.ZERO);
          c[k] = sign * exact(v.multiply(unit).setScale(0, RoundingMode.HALF_EVEN), rule);
          least = Math.min(least, c[k]);
          most = Math.max(most, c[k]);
        }
        bound -= least;
        largest += most - least;
        for (int k = 0; k < n; k++) {
          if (c[k] > least) {
            coefs.put(2 * (first[f] + k), c[k] - least);
          }
        }
      }
      long over = largest - bound;
      if (over <= 0) {
        return;
      }
      for (Condition c : rule.when()) {
        coefs.merge(literal(c), over, Long::sum);
        bound += over;
      }
      sum(r, coefs, bound);
    }

    private static long exact(BigDecimal v, ProductRule rule) {
      if (v.abs().compareTo(BigDecimal.valueOf(MOST)) > 0) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "rule "
                + rule.name()
                + " has a number of the size of "
                + v
                + "\nMaybe use larger units, or fewer decimals");
      }
      return v.longValueExact();
    }
  }
}
