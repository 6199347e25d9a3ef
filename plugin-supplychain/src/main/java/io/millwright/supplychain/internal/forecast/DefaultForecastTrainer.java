package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Series;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Learning;
import io.millwright.api.series.SeriesModel;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.support.Digest;
import io.millwright.supplychain.CovariateTrainer;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.SupplyChain;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks the series, sorts them by frequency and kind, and learns of each. */
record DefaultForecastTrainer(Composer composer, Jobs jobs, Lanes lanes, Settings settings)
    implements ForecastTrainer {

  static final Schema INPUTS =
      Schema.of(
          new Column("period", ColumnType.CATEGORY, Unit.NONE),
          new Column("value", ColumnType.NUMBER, Unit.NONE));

  /** So many counts are enough to stand in for ordinary series where there are none. */
  private static final int STAND_INS = 100;

  private DefaultForecastTrainer with(Settings changed) {
    return new DefaultForecastTrainer(composer, jobs, lanes, changed);
  }

  @Override
  public ForecastTrainer horizon(int periods) {
    if (periods < 1 || periods > 1000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the horizon is "
              + periods
              + ", but must be 1 to 1000\nMaybe say how many periods ahead are wanted, such as 12");
    }
    return with(
        new Settings(
            OptionalInt.of(periods),
            settings.methods(),
            settings.networks(),
            settings.learning(),
            settings.model()));
  }

  @Override
  public ForecastTrainer methods(ForecastMethod... methods) {
    if (methods.length == 0 || new HashSet<>(List.of(methods)).size() < methods.length) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the methods are " + List.of(methods) + "\nMaybe name at least one, and each once");
    }
    return with(
        new Settings(
            settings.horizon(),
            List.of(methods),
            settings.networks(),
            settings.learning(),
            settings.model()));
  }

  @Override
  public ForecastTrainer networks(int count) {
    if (count < 0 || count > 99) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the number of networks is " + count + ", but must be 0 to 99");
    }
    return with(
        new Settings(
            settings.horizon(), settings.methods(), count, settings.learning(), settings.model()));
  }

  @Override
  public ForecastTrainer learning(Learning learning) {
    return with(
        new Settings(
            settings.horizon(),
            settings.methods(),
            settings.networks(),
            learning,
            settings.model()));
  }

  @Override
  public ForecastTrainer pretrained(SeriesModel model) {
    if (!model.probabilities().contains(0.5)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the series model "
              + model.id()
              + " says the quantiles "
              + model.probabilities()
              + ", but the median is needed\nMaybe wrap it in one that says 0.5 as well");
    }
    return with(
        new Settings(
            settings.horizon(),
            settings.methods(),
            settings.networks(),
            settings.learning(),
            Optional.of(model)));
  }

  @Override
  public Job<ForecastModel> train(List<Series> data) {
    if (settings.model().isPresent() && settings.networks() > 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          settings.networks()
              + " networks and a series model are asked for\n"
              + "Maybe try one after the other, and keep what the evaluation favours");
    }
    List<Series> usable = check(data);
    return jobs.background()
        .start("learn to forecast", Optional.empty(), control -> run(usable, control));
  }

  @Override
  public CovariateTrainer withCovariates() {
    return new DefaultCovariateTrainer(this);
  }

  @Override
  public Job<ForecastModel> resume(Path checkpoint, List<Series> data) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "forecasters keep no checkpoints, so nothing resumes from "
            + checkpoint
            + "\nMaybe train again: without networks it takes seconds");
  }

  /** Says all that is wrong; series that are too short are left out. */
  List<Series> check(List<Series> data) {
    Problems problems = new Problems("the series");
    Set<String> ids = new HashSet<>();
    List<Series> usable = new ArrayList<>();
    boolean judged = false;
    Optional<Series> madeUp = Optional.empty();
    for (Series series : data) {
      if (!ids.add(series.id())) {
        problems.add(
            ErrorCode.BAD_VALUE,
            "series " + series.id(),
            "the name stands twice",
            "give every series a name of its own");
      }
      if (series.known() < Past.LEAST) {
        continue;
      }
      if (Usable.isMadeUp(series)) {
        madeUp = Optional.of(madeUp.orElse(series));
        continue;
      }
      usable.add(series);
      judged |=
          series.length() - series.silent() >= settings.horizon(series.frequency()) + Origin.LEAST;
    }
    if (!judged && usable.isEmpty() && madeUp.isPresent()) {
      Usable.finding(madeUp.get())
          .ifPresent(f -> problems.add(f.code(), f.place(), f.message(), f.remedy()));
    } else if (!judged) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "series",
          "none of "
              + data.size()
              + " is at least "
              + Origin.LEAST
              + " periods longer than the horizon, so nothing could be judged",
          "give longer series, or ask for a shorter horizon");
    }
    problems.throwIfAny();
    return usable;
  }

  ForecastModel run(List<Series> data, Jobs.Control<?> control) {
    Summary summary = new Summary();
    return model(learn(data, summary, control), summary, data);
  }

  /** Learns what there is to learn from series that were checked. */
  Forecaster learn(List<Series> data, Summary summary, Jobs.Control<?> control) {
    Map<String, Frequency> frequencies = new LinkedHashMap<>();
    Map<String, List<Past>> ordinary = new TreeMap<>();
    Map<String, List<Past>> sporadic = new TreeMap<>();
    List<Past> yearly = new ArrayList<>();
    for (Series series : data) {
      String key = Forecaster.key(series.frequency());
      Past past = Past.known(series);
      frequencies.putIfAbsent(key, series.frequency());
      if (!past.isSporadic() && series.frequency().equals(Frequency.DAILY)) {
        yearly.add(Past.known(Years.of(series)));
      }
      (past.isSporadic() ? sporadic : ordinary)
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(past);
    }
    sporadic.forEach(
        (key, pasts) ->
            ordinary.computeIfAbsent(
                key, k -> pasts.subList(0, Math.min(STAND_INS, pasts.size()))));
    SortedMap<String, SmoothGroup> smooth = new TreeMap<>();
    SortedMap<String, CountGroup> counts = new TreeMap<>();
    for (Map.Entry<String, List<Past>> group : ordinary.entrySet()) {
      int horizon = settings.horizon(Objects.requireNonNull(frequencies.get(group.getKey())));
      SmoothTraining training =
          new SmoothTraining(group.getKey(), group.getValue(), horizon, settings, control, lanes);
      SmoothGroup learnt = training.run(composer);
      String key = group.getKey();
      String both = Forecaster.key(Years.WEEK_AND_YEAR);
      if (key.equals(Forecaster.key(Frequency.DAILY))
          && !ordinary.containsKey(both)
          && Years.mayShow(yearly)) {
        SmoothTraining other = new SmoothTraining(both, yearly, horizon, settings, control, lanes);
        SmoothGroup with = other.run(composer);
        if (Years.isBetter(other, training)) {
          key = both;
          learnt = with;
          training = other;
        }
      }
      smooth.put(key, learnt);
      summary.add(key, group.getValue().size(), learnt, training.shares(), training.scores());
    }
    for (Map.Entry<String, List<Past>> group : sporadic.entrySet()) {
      control.checkpoint();
      int horizon = settings.horizon(Objects.requireNonNull(frequencies.get(group.getKey())));
      CountGroup learnt = CountGroup.train(group.getValue(), horizon, settings.methods());
      counts.put(group.getKey(), learnt);
      summary.add(group.getKey(), group.getValue(), learnt);
    }
    return new Forecaster(smooth, counts);
  }

  private ForecastModel model(Forecaster forecaster, Summary summary, List<Series> data) {
    Codec codec = Codec.write(forecaster);
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (forecaster.isCalibrated()) {
      capabilities.add(Capability.CALIBRATED);
    }
    Map<String, String> told = told(data.size());
    Evaluation evaluation = summary.evaluation();
    ComposedModel model =
        ComposedModel.builder()
            .task(SupplyChain.FORECAST)
            .inputs(INPUTS)
            .texts(codec.texts)
            .numbers(codec.numbers)
            .networks(codec.networks)
            .evaluation(evaluation)
            .capabilities(capabilities)
            .provenance(
                composer.provenance(
                    digest(data), settings.learning().key(), told, !codec.networks.isEmpty()))
            .build();
    return new TrainedForecaster(
        composer, model, composer.info(model), forecaster, summary.choice());
  }

  /** What the trainer was told, for the provenance. */
  Map<String, String> told(int series) {
    Map<String, String> told = new TreeMap<>();
    told.put(
        "horizon",
        settings.horizon().isPresent() ? "" + settings.horizon().getAsInt() : "by frequency");
    told.put("methods", settings.methods().isEmpty() ? "chosen" : settings.methods().toString());
    told.put("networks", Integer.toString(settings.networks()));
    settings.model().ifPresent(model -> told.put("series model", model.id()));
    if (settings.networks() > 0) {
      told.put("learning", settings.learning().toString());
    }
    told.put("series", Integer.toString(series));
    return told;
  }

  /** SHA-256 over names, frequencies, starts and values. */
  static String digest(List<Series> data) {
    Digest sha = new Digest();
    for (Series series : data) {
      sha.add(series.id() + "\n" + series.frequency() + "\n");
      sha.add(ByteBuffer.allocate(8).putLong(series.start()).flip());
      sha.add(series.values().stream().mapToDouble(v -> v).toArray());
    }
    return sha.hex();
  }
}
