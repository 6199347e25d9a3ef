package io.millwright.quality.internal.detection;

import io.millwright.api.Progress;
import io.millwright.api.learn.Learning;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How long steps of learning take on this machine, tried on a few images.
 *
 * @param step the seconds of a step
 */
record Pace(double step) {

  private static final int FEW = 2;
  private static final int MORE = 8;

  /** How much is learnt: epochs, and in how many variants each shows an image. */
  record Course(int epochs, int each) {}

  /** Tries some steps, three times: the first warms up, the others differ by their steps alone. */
  static Pace of(
      Composer composer, Variants all, BoxLoss loss, Learning learning, Jobs.Control<?> control) {
    trial(composer, all, loss, learning, FEW, control);
    double few = trial(composer, all, loss, learning, FEW, control);
    double more = trial(composer, all, loss, learning, MORE, control);
    return new Pace(Math.max((more - few) / (MORE - FEW), more / MORE / 4));
  }

  private static double trial(
      Composer composer,
      Variants all,
      BoxLoss loss,
      Learning learning,
      int steps,
      Jobs.Control<?> control) {
    control.checkpoint();
    int images = Math.max(1, steps * learning.batch() / all.each());
    List<Variants.Shown> shown = all.shown();
    List<Variants.Shown> some =
        IntStream.range(0, images).mapToObj(i -> shown.get(i % shown.size())).toList();
    double begun = control.elapsed().toNanos();
    composer.fit(
        BoxNetwork.of(shown.get(0).plate().grid(), shown.get(0).plate().channels() == 3),
        loss,
        learning.withoutCheckpoints().epochs(1),
        new Variants(some, all.classes(), all.anySide(), all.key(), all.each()),
        new Quiet(control));
    return (control.elapsed().toNanos() - begun) / 1e9;
  }

  /** The course of at most so many epochs that fits into a time; each image once at least. */
  Course within(Duration most, int images, int batch, int epochs) {
    double pass = step * Math.max(1, Math.ceil((double) images / batch));
    double passes = Math.max(1, most.toNanos() / 1e9 / pass);
    if (passes >= Variants.EACH) {
      return new Course((int) Math.min(epochs, passes / Variants.EACH), Variants.EACH);
    }
    return new Course(1, (int) passes);
  }

  Duration foreseen(Course course, int images, int batch) {
    double steps = course.epochs() * Math.ceil((double) images * course.each() / batch);
    return Duration.ofMillis(Math.round(1000 * step * steps));
  }

  /** Tells how long learning will take before it begins. */
  void tell(Course course, int images, int batch, Jobs.Control<?> control) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("epochs", (double) course.epochs());
    figures.put("variants of an image in each", (double) course.each());
    control.report(
        new Progress(
            "foreseen",
            OptionalDouble.of(0),
            control.elapsed(),
            Optional.of(foreseen(course, images, batch)),
            figures));
  }

  /** Trials are no progress. */
  private record Quiet(Jobs.Control<?> of) implements Jobs.Control<Object> {

    @Override
    public boolean stopped() {
      return of.stopped();
    }

    @Override
    public void checkpoint() {
      of.checkpoint();
    }

    @Override
    public void best(Object result) {}

    @Override
    public void report(Progress progress) {}

    @Override
    public Duration elapsed() {
      return of.elapsed();
    }
  }
}
