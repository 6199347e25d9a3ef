package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A ranking of items, of which some are relevant to a sample: one output for each item, compared by
 * the softmax over all of them.
 */
record RankingHead() implements Head<Set<String>, Ranking> {

  private static final int MOST = 1 << 20;
  private static final int MOST_RELEVANT = 256;
  private static final int TOP = 10;

  @Override
  public String kind() {
    return "ranking";
  }

  @Override
  public Optional<String> fault(Set<String> label) {
    return label.isEmpty() || label.size() > MOST_RELEVANT
        ? Optional.of("names " + label.size() + " items, not 1 to " + MOST_RELEVANT)
        : Optional.empty();
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.Listwise || loss instanceof Loss.Pairwise;
  }

  @Override
  public String toString() {
    return "a ranking";
  }

  @Override
  public FittedHead<Set<String>, Ranking> fit(Labels<Set<String>> labels) {
    TreeSet<String> found = new TreeSet<>();
    labels.known().forEach(found::addAll);
    if (found.size() < 2) {
      throw MillwrightException.of(
          "the training data",
          List.of(
              new Finding(
                  ErrorCode.BAD_LABEL,
                  "samples",
                  "all labels name " + found,
                  "give samples of at least two items.")));
    }
    List<String> items = List.copyOf(found);
    Map<String, Integer> places = Places.of(items);
    double[] shares = new double[items.size()];
    double total = 0;
    for (Set<String> label : labels.seen()) {
      for (String item : label) {
        shares[places.getOrDefault(item, 0)]++;
        total++;
      }
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= Math.max(1, total);
    }
    int most = labels.known().stream().mapToInt(Set::size).max().orElse(1);
    return new Fitted(
        items,
        places,
        most,
        labels.loss().orElse(Loss.listwise()),
        new Calibrated.None("the model was trained without calibration"),
        Map.of("popularity in the training data", shares));
  }

  @Override
  public FittedHead<Set<String>, Ranking> read(PlainData data) {
    List<String> items = data.texts("items");
    int relevant = data.whole("relevant");
    if (items.size() < 2
        || items.size() > MOST
        || new TreeSet<>(items).size() < items.size()
        || relevant < 1
        || relevant > MOST_RELEVANT) {
      throw new IllegalArgumentException(items.size() + " items, " + relevant + " relevant");
    }
    return new Fitted(
        items,
        Places.of(items),
        relevant,
        Loss.listwise(),
        Calibrated.ofClasses(data.part("calibration")),
        Map.of());
  }

  private record Fitted(
      List<String> items,
      Map<String, Integer> places,
      int relevant,
      Loss loss,
      Calibrated calibrated,
      Map<String, double[]> baselines)
      implements FittedHead<Set<String>, Ranking> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("items", items)
          .put("relevant", relevant)
          .put("calibration", calibrated.data())
          .build();
    }

    @Override
    public int outputs() {
      return items.size();
    }

    @Override
    public int targets() {
      return relevant;
    }

    @Override
    public void target(Set<String> label, float[] into, int at) {
      int n = 0;
      for (String item : new TreeSet<>(label)) {
        Integer place = places.get(item);
        if (place != null && n < relevant) {
          into[at + n++] = place;
        }
      }
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      Places.softmax(outputs, from, said, to, items.size(), share);
    }

    private double[] probabilities(double[] said) {
      return calibrated instanceof Calibrated.Classes c ? c.probabilities(said) : said;
    }

    @Override
    public Answer<Ranking> answer(double[] said, float[] input) {
      double[] p = probabilities(said);
      Integer[] order = order(p);
      Uncertainties sure =
          calibrated instanceof Calibrated.Classes c
              ? c.uncertainties(p, items)
              : Uncertainties.none(((Calibrated.None) calibrated).why());
      return new Answer<>(
          new Ranking(
              Arrays.stream(order).map(items::get).toList(),
              Arrays.stream(order).map(k -> p[k]).toList()),
          sure);
    }

    private static Integer[] order(double[] p) {
      Integer[] order = new Integer[p.length];
      Arrays.setAll(order, k -> k);
      Arrays.sort(order, Comparator.comparingDouble((Integer k) -> -p[k]).thenComparingInt(k -> k));
      return order;
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal)) {
        return this;
      }
      int[] first = new int[heldOut.size()];
      for (int i = 0; i < first.length; i++) {
        first[i] = (int) heldOut.targets()[i][0];
      }
      return new Fitted(
          items,
          places,
          relevant,
          loss,
          Calibrated.classes(heldOut.said(), first, heldOut.groups()),
          baselines);
    }

    @Override
    public boolean isCalibrated() {
      return calibrated instanceof Calibrated.Classes;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      double recall = 0;
      double gain = 0;
      double reciprocal = 0;
      for (int i = 0; i < heldOut.size(); i++) {
        double[] p = heldOut.said()[i];
        double own = 0;
        double best = 0;
        double ideal = 0;
        double hits = 0;
        int n = 0;
        for (float target : heldOut.targets()[i]) {
          if (Float.isNaN(target)) {
            break;
          }
          int rank = rank(p, (int) target);
          best = Math.max(best, 1.0 / rank);
          if (n < TOP) {
            ideal += 1 / log2(n + 2.0);
          }
          if (rank <= TOP) {
            hits++;
            own += 1 / log2(rank + 1.0);
          }
          n++;
        }
        recall += hits / n;
        gain += own / ideal;
        reciprocal += best;
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("recall 10", recall / heldOut.size());
      figures.put("ndcg 10", gain / heldOut.size());
      figures.put("mrr", reciprocal / heldOut.size());
      return figures;
    }

    /** The place of an item, the later of equals behind the earlier. */
    private static int rank(double[] p, int item) {
      int rank = 1;
      for (int k = 0; k < p.length; k++) {
        rank += p[k] > p[item] || (p[k] == p[item] && k < item) ? 1 : 0;
      }
      return rank;
    }

    private static double log2(double x) {
      return Math.log(x) / Math.log(2);
    }

    @Override
    public List<String> classes() {
      return items;
    }

    @Override
    public double number(double[] said, int part) {
      return probabilities(said)[part];
    }

    @Override
    public int main(double[] said) {
      return order(said)[0];
    }

    @Override
    public String description() {
      return "Ranks " + items.size() + " items.";
    }

    @Override
    public String uncertainty() {
      return calibrated instanceof Calibrated.Classes c
          ? "Probabilities and sets of items measured on "
              + c.scores().groups()
              + " held-out groups."
          : "Not measured: " + ((Calibrated.None) calibrated).why() + ".";
    }
  }
}
