package io.millwright.runtime.support;

import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Variation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What types of the API that are not records look like in files: each has a record of its own here,
 * whose components are the fields. A type of the API can so change its methods and keep its files.
 */
final class JsonForms {

  /** A type of the API, the record that stands for it in files, and the way there and back. */
  record Form<T, F extends Record>(
      Class<T> type, Class<F> form, Function<T, F> written, Function<F, T> read) {

    Record write(Object value) {
      return written.apply(type.cast(value));
    }

    Object readFrom(Object value) {
      return read.apply(form.cast(value));
    }
  }

  private static final Map<Class<?>, Form<?, ?>> FORMS =
      Stream.<Form<?, ?>>of(
              new Form<>(
                  Provenance.class,
                  ProvenanceForm.class,
                  ProvenanceForm::of,
                  ProvenanceForm::provenance),
              new Form<>(
                  Evaluation.class,
                  EvaluationForm.class,
                  EvaluationForm::of,
                  EvaluationForm::evaluation),
              new Form<>(Split.class, SplitForm.class, SplitForm::of, SplitForm::split),
              new Form<>(
                  PictureVariation.class,
                  PicturesForm.class,
                  PicturesForm::of,
                  PicturesForm::variation))
          .collect(Collectors.toUnmodifiableMap(Form::type, f -> f));

  private JsonForms() {}

  /** The form of a class, or null for one without. */
  static @Nullable Form<?, ?> of(Class<?> type) {
    return FORMS.get(type);
  }

  private record ProvenanceForm(
      String producer,
      Instant created,
      String dataDigest,
      long key,
      SortedMap<String, String> settings,
      SortedMap<String, String> environment,
      List<String> parents) {

    static ProvenanceForm of(Provenance p) {
      return new ProvenanceForm(
          p.producer(),
          p.created(),
          p.dataDigest(),
          p.key(),
          p.settings(),
          p.environment(),
          p.parents());
    }

    Provenance provenance() {
      return Provenance.builder()
          .producer(producer)
          .created(created)
          .dataDigest(dataDigest)
          .key(key)
          .settings(settings)
          .environment(environment)
          .parents(parents)
          .build();
    }
  }

  private record EvaluationForm(
      String protocol,
      long samples,
      Map<String, Double> figures,
      Map<String, Map<String, Double>> baselines,
      List<LearningCurve> curves) {

    static EvaluationForm of(Evaluation e) {
      return new EvaluationForm(e.protocol(), e.samples(), e.figures(), e.baselines(), e.curves());
    }

    Evaluation evaluation() {
      return Evaluation.builder()
          .protocol(protocol)
          .samples(samples)
          .figures(figures)
          .baselines(baselines)
          .curves(curves)
          .build();
    }
  }

  private record SplitForm(Split.By by, int folds, int rounds, double judged, double validation) {

    static SplitForm of(Split s) {
      return new SplitForm(s.by(), s.folds(), s.rounds(), s.judged(), s.validation());
    }

    Split split() {
      Split begun = folds > 1 ? Split.folds(folds) : Split.holdOut(judged);
      Split split = begun.by(by).rounds(rounds).validation(validation);
      if (!of(split).equals(this)) {
        throw new IllegalArgumentException(this + " is no split that can be asked for");
      }
      return split;
    }
  }

  private record PicturesForm(
      boolean flips,
      boolean quarterTurns,
      double angle,
      double crop,
      double brightness,
      double contrast,
      double noise,
      double cutOut) {

    static PicturesForm of(PictureVariation v) {
      return new PicturesForm(
          v.flips(),
          v.quarterTurns(),
          v.angle(),
          v.crop(),
          v.brightness(),
          v.contrast(),
          v.noise(),
          v.cutOut());
    }

    PictureVariation variation() {
      return Variation.pictures()
          .flips(flips)
          .quarterTurns(quarterTurns)
          .angle(angle)
          .crop(crop)
          .brightness(brightness)
          .contrast(contrast)
          .noise(noise)
          .cutOut(cutOut);
    }
  }
}
