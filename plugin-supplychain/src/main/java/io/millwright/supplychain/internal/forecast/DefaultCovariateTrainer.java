package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.CovariateModel;
import io.millwright.supplychain.CovariateTrainer;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Learns what covariates do, then the forecaster of the histories without it. */
record DefaultCovariateTrainer(DefaultForecastTrainer around) implements CovariateTrainer {

  /** So many articles are asked for those like a new one. */
  private static final int MOST_LIKES = 600;

  @Override
  public Job<CovariateModel> train(List<DrivenSeries> data) {
    Set<String> ids = new HashSet<>();
    Set<Frequency> frequencies = new HashSet<>();
    for (DrivenSeries d : data) {
      if (!ids.add(d.history().id())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "series " + d.history().id() + ": the name stands twice\nMaybe give each its own");
      }
      frequencies.add(d.history().frequency());
    }
    if (frequencies.size() > 1) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the series have the frequencies "
              + frequencies
              + "\nMaybe train once for each: covariates are learnt from all together");
    }
    List<DrivenSeries> usable = usable(data);
    return around
        .jobs()
        .background()
        .start(
            "learn to forecast with covariates",
            Optional.empty(),
            c -> run(usable, clean -> clean, c));
  }

  /** Those that something can be learnt from. */
  List<DrivenSeries> usable(List<DrivenSeries> data) {
    List<DrivenSeries> usable =
        data.stream().filter(d -> d.history().known() >= Past.LEAST).toList();
    around.check(usable.stream().map(DrivenSeries::history).toList());
    return usable;
  }

  @Override
  public Job<CovariateModel> resume(Path checkpoint, List<DrivenSeries> data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "forecasters keep no checkpoints, so nothing resumes from "
            + checkpoint
            + "\nMaybe train again: without networks it takes seconds");
  }

  /**
   * Learns on this thread.
   *
   * @param data series with values enough
   * @param learnt what the forecaster learns from, given the histories without what covariates did
   */
  TrainedDriven run(
      List<DrivenSeries> data, UnaryOperator<List<Series>> learnt, Jobs.Control<?> control) {
    int horizon = around.settings().horizon(data.get(0).history().frequency());
    CovariateColumns columns = CovariateColumns.of(data);
    List<DrivenCase> cases = data.stream().map(d -> DrivenCase.of(d, columns, horizon)).toList();
    CovariateChoice choice = new CovariateChoice(columns, cases, horizon, around.lanes());
    report(control, "covariates at rolling origins", 0.1);
    choice.choose(control::checkpoint);
    int[] features = columns.features(choice.kept);
    double[] effects = choice.pooled();
    double[] apart = choice.own > 0 ? choice.precision(features, choice.own) : new double[0];
    double[][] own = new double[cases.size()][];
    around
        .lanes()
        .each(
            own.length,
            i ->
                own[i] =
                    apart.length == 0
                        ? effects
                        : EffectFit.fit(
                            List.of(cases.get(i)), features, effects, apart, Lanes.alone()));
    List<Series> clean = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      DrivenCase one = cases.get(i);
      clean.add(one.isNeverNegative() ? one.clean(features, own[i]) : one.series());
    }
    control.checkpoint();
    report(control, "the past at rolling origins", 0.4);
    List<String> pastNames = PastEffects.names(data);
    double[] pastGains = new double[pastNames.size()];
    PastEffects past =
        PastEffects.learn(
            data,
            cases,
            (known, ahead) -> {
              double[] mean = CovariateChoice.standIn(known.clean(features, effects), ahead);
              double[] factors = known.ahead(ahead, features, effects);
              for (int h = 0; h < ahead; h++) {
                mean[h] *= factors[h];
              }
              return mean;
            },
            horizon,
            around.lanes(),
            pastNames,
            pastGains);
    control.checkpoint();
    Summary summary = new Summary();
    Forecaster forecaster = around.learn(around.check(learnt.apply(clean)), summary, control);
    Likeness likeness = likeness(data, clean, forecaster, horizon);
    List<CovariateEffect> told = told(columns, choice, effects, pastNames, past, pastGains);
    DrivenForecaster driven =
        new DrivenForecaster(
            forecaster, columns, choice.kept, effects, apart, past, likeness, told, horizon);
    StringBuilder together = new StringBuilder();
    MovingTogether.words(columns, choice.kept, cases).forEach(w -> together.append(w).append('\n'));
    String said = said(told, choice, likeness, data) + together + summary.choice();
    return model(driven, summary, said, data);
  }

  private static void report(Jobs.Control<?> control, String stage, double done) {
    control.report(
        new Progress(
            stage, OptionalDouble.of(done), control.elapsed(), Optional.empty(), Map.of()));
  }

  private static List<CovariateEffect> told(
      CovariateColumns columns,
      CovariateChoice choice,
      double[] effects,
      List<String> pastNames,
      PastEffects past,
      double[] pastGains) {
    List<CovariateEffect> told = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < columns.names().size(); k++) {
      double factor = 1;
      boolean logarithmic = columns.logarithmic()[k];
      if (choice.kept[k]) {
        factor = Math.exp(effects[at] * (logarithmic ? Math.log(1.1) : 1 / columns.scales()[k]));
        at += columns.curved()[k] ? 3 : 2;
      }
      told.add(
          new CovariateEffect(
              columns.names().get(k),
              choice.kept[k],
              choice.gains[k],
              factor,
              logarithmic ? "10 %" : "1"));
    }
    for (int k = 0; k < pastNames.size(); k++) {
      boolean kept = past.names().contains(pastNames.get(k));
      told.add(new CovariateEffect(pastNames.get(k), kept, pastGains[k], 1, "its recent past"));
    }
    return told;
  }

  private static String said(
      List<CovariateEffect> told,
      CovariateChoice choice,
      Likeness likeness,
      List<DrivenSeries> data) {
    StringBuilder said = new StringBuilder();
    for (CovariateEffect e : told) {
      said.append(
          String.format(
              Locale.ROOT,
              "%s: %s; alone it saves %.1f %% of the error at rolling origins%n",
              e.name(),
              !e.kept()
                  ? "no weight"
                  : e.unit().startsWith("its")
                      ? "its recent past moves the forecast"
                      : String.format(
                          Locale.ROOT, "demand times %.3f for a rise of %s", e.factor(), e.unit()),
              100 * e.gain()));
    }
    if (choice.own > 0) {
      said.append("Each series' own effects are moved from those of all towards what it shows\n");
    }
    if (likeness.isAny()) {
      said.append(
          likeness.names().isEmpty()
              ? "new articles: no attribute has a weight; the mean of all articles\n"
              : String.format(
                  Locale.ROOT,
                  "new articles: by likeness in %s, %d neighbours or more; saves %.1f %% of the"
                      + " error of the mean of all%n",
                  String.join(", ", likeness.names()),
                  likeness.neighbours(),
                  100 * likeness.gain()));
    } else if (data.stream().anyMatch(d -> !d.attributes().isEmpty())) {
      said.append("new articles: too few articles with a history to find some like them\n");
    }
    return said.toString();
  }

  /** What articles sold, for those that have nothing to show yet. */
  private Likeness likeness(
      List<DrivenSeries> data, List<Series> clean, Forecaster forecaster, int horizon) {
    if (data.stream().allMatch(d -> d.attributes().isEmpty())) {
      return Likeness.none();
    }
    long present =
        data.stream().mapToLong(d -> d.history().start() + d.history().length()).max().orElse(0);
    List<DrivenSeries> asked = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    List<double[]> before = new ArrayList<>();
    List<double[]> after = new ArrayList<>();
    int count = Math.min(MOST_LIKES, data.size());
    for (int k = 0; k < count; k++) {
      int i = (int) ((long) k * data.size() / count);
      Series one = clean.get(i);
      int cut = one.length() - horizon;
      if (one.start() + one.length() != present || cut < 1) {
        continue;
      }
      Optional<double[]> means = forecaster.means(one);
      if (means.isPresent()) {
        double[] y = one.toArray();
        asked.add(data.get(i));
        expected.add(means.get());
        before.add(Arrays.copyOfRange(y, Math.max(0, cut - horizon), cut));
        after.add(Arrays.copyOfRange(y, cut, cut + horizon));
      }
    }
    return asked.isEmpty()
        ? Likeness.none()
        : Likeness.learn(
            asked,
            expected.toArray(double[][]::new),
            present,
            before.toArray(double[][]::new),
            after.toArray(double[][]::new));
  }

  private TrainedDriven model(
      DrivenForecaster driven, Summary summary, String choice, List<DrivenSeries> data) {
    Codec codec = Codec.write(driven.around());
    DrivenCodec.write(driven, codec);
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (driven.around().isCalibrated()) {
      capabilities.add(Capability.CALIBRATED);
    }
    Map<String, String> told = new TreeMap<>(around.told(data.size()));
    told.put("covariates", Integer.toString(driven.told().size()));
    ComposedModel model =
        ComposedModel.builder()
            .task(SupplyChain.FORECAST_WITH_COVARIATES)
            .inputs(DefaultForecastTrainer.INPUTS)
            .texts(codec.texts)
            .numbers(codec.numbers)
            .networks(codec.networks)
            .evaluation(summary.evaluation())
            .capabilities(capabilities)
            .provenance(
                around
                    .composer()
                    .provenance(
                        DefaultForecastTrainer.digest(flat(data)),
                        around.settings().learning().key(),
                        told,
                        !codec.networks.isEmpty()))
            .build();
    return new TrainedDriven(
        around.composer(), model, around.composer().info(model), driven, choice);
  }

  /** Histories and covariates, for the digest. */
  private static List<Series> flat(List<DrivenSeries> data) {
    List<Series> flat = new ArrayList<>();
    for (DrivenSeries d : data) {
      Series s = d.history();
      flat.add(s);
      d.known()
          .forEach((n, v) -> flat.add(new Series(s.id() + "/" + n, s.frequency(), s.start(), v)));
      d.past()
          .forEach((n, v) -> flat.add(new Series(s.id() + "/" + n, s.frequency(), s.start(), v)));
      d.attributes()
          .forEach(
              (n, v) ->
                  flat.add(
                      new Series(s.id() + "/" + n + "=" + v, s.frequency(), s.start(), List.of())));
    }
    return flat;
  }
}
