package io.millwright.runtime.bundle;

import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Optional;

/** Heads written by hand, as files hold them. */
public final class TestHeads {

  private TestHeads() {}

  public static PlainData none(String why) {
    return PlainData.builder().put("none", why).build();
  }

  public static PlainData scores(
      List<Double> values, List<Double> below, List<Double> upTo, int groups) {
    return PlainData.builder()
        .put("values", values)
        .put("below", below)
        .put("upTo", upTo)
        .put("groups", groups)
        .build();
  }

  public static PlainData errors(
      PlainData scores, List<Double> predictions, List<Double> sizes, double least) {
    return PlainData.builder()
        .put("scores", scores)
        .put("predictions", predictions)
        .put("sizes", sizes)
        .put("least", least)
        .build();
  }

  public static PlainData sets(PlainData scores, double temperature) {
    return PlainData.builder().put("scores", scores).put("temperature", temperature).build();
  }

  public static HeadData quantity(
      Unit unit,
      double low,
      double high,
      double offset,
      double scale,
      int outputs,
      PlainData calibration) {
    PlainData data =
        PlainData.builder()
            .put("unit", unit.symbol())
            .put("low", low)
            .put("high", high)
            .put("offset", offset)
            .put("scale", scale)
            .put("outputs", outputs)
            .put("censored", false)
            .put("calibration", calibration)
            .build();
    return HeadData.of("quantity", Heads.quantity(unit, low, high).read(data));
  }

  public static HeadData classes(
      List<String> labels, Optional<ClassScores.Threshold> threshold, PlainData calibration) {
    PlainData.Builder data =
        PlainData.builder().put("labels", labels).put("calibration", calibration);
    threshold.ifPresent(
        t ->
            data.put(
                "threshold",
                PlainData.builder().put("negative", t.negative()).put("value", t.value()).build()));
    return HeadData.of("classes", Heads.classes().read(data.build()));
  }
}
