package io.millwright.api.head;

import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A head in other types: labels are made into its own, and its answers into others. */
record MappedHead<K, L, V, W>(
    Head<L, V> inner,
    Function<? super K, ? extends L> label,
    Function<? super V, ? extends W> answer)
    implements Head<K, W> {

  @Override
  public String kind() {
    return inner.kind();
  }

  @Override
  public Optional<String> fault(K known) {
    return inner.fault(label.apply(known));
  }

  @Override
  public boolean accepts(Loss loss) {
    return inner.accepts(loss);
  }

  @Override
  public boolean decides() {
    return inner.decides();
  }

  @Override
  public boolean averages() {
    return inner.averages();
  }

  @Override
  public boolean reconstructs() {
    return inner.reconstructs();
  }

  @Override
  public FittedHead<K, W> fit(Labels<K> labels) {
    return new Fitted(
        inner.fit(
            new Labels<>(own(labels.known()), own(labels.seen()), labels.inputs(), labels.loss())));
  }

  private List<L> own(List<K> labels) {
    List<L> own = new ArrayList<>(labels.size());
    labels.forEach(l -> own.add(label.apply(l)));
    return own;
  }

  @Override
  public FittedHead<K, W> read(PlainData data) {
    return new Fitted(inner.read(data));
  }

  @Override
  public String toString() {
    return inner.toString();
  }

  private final class Fitted implements FittedHead<K, W> {
    private final FittedHead<L, V> head;

    Fitted(FittedHead<L, V> head) {
      this.head = head;
    }

    @Override
    public PlainData data() {
      return head.data();
    }

    @Override
    public int outputs() {
      return head.outputs();
    }

    @Override
    public int targets() {
      return head.targets();
    }

    @Override
    public Loss loss() {
      return head.loss();
    }

    @Override
    public void target(K known, float[] into, int at) {
      head.target(label.apply(known), into, at);
    }

    @Override
    public boolean learns(K known) {
      return head.learns(label.apply(known));
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      head.say(outputs, from, said, to, share);
    }

    @Override
    public Answer<W> answer(double[] said, float[] input) {
      Answer<V> given = head.answer(said, input);
      return new Answer<>(answer.apply(given.value()), given.uncertainty(), given.flags());
    }

    @Override
    public FittedHead<K, W> calibrated(HeldOut heldOut, Calibration how) {
      return new Fitted(head.calibrated(heldOut, how));
    }

    @Override
    public boolean tellsUncertainty() {
      return head.tellsUncertainty();
    }

    @Override
    public boolean isCalibrated() {
      return head.isCalibrated();
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      return head.figures(heldOut);
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      return head.uncertaintyFigures(heldOut);
    }

    @Override
    public Map<String, double[]> baselines() {
      return head.baselines();
    }

    @Override
    public void check(Decision decision) {
      head.check(decision);
    }

    @Override
    public Decided<K, W> decided(HeldOut heldOut, Decision decision) {
      Decided<L, V> decided = head.decided(heldOut, decision);
      return new Decided<>(new Fitted(decided.head()), decided.figures());
    }

    @Override
    public int strata() {
      return head.strata();
    }

    @Override
    public int stratum(float[] targets, int at) {
      return head.stratum(targets, at);
    }

    @Override
    public double scaled(double answer) {
      return head.scaled(answer);
    }

    @Override
    public Unit unit() {
      return head.unit();
    }

    @Override
    public double low() {
      return head.low();
    }

    @Override
    public double high() {
      return head.high();
    }

    @Override
    public List<String> classes() {
      return head.classes();
    }

    @Override
    public String description() {
      return head.description();
    }

    @Override
    public String uncertainty() {
      return head.uncertainty();
    }

    @Override
    public double number(double[] said, int part) {
      return head.number(said, part);
    }

    @Override
    public int main(double[] said) {
      return head.main(said);
    }
  }
}
