package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.maintenance.Diagnoses;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.DiagnosisModel;
import io.millwright.maintenance.LabelledVibration;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Vibration;
import io.millwright.maintenance.VibrationSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Three protocols on the bearings of CWRU, side by side: later time of the same recordings; the
 * same recordings resampled to another speed with noise, in one call; and each fault size left out
 * in turn. Argument: the folder.
 */
public final class Bearings {

  private static final int PARTS = 6;

  private Bearings() {}

  /** Runs all three. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<LabelledVibration> all = read(Path.of(args[0]));
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      DiagnosisModel model = maintenance.diagnosis().train(all).await();
      System.out.println("later time of the same recordings: " + model.evaluation().figures());
      for (double speed : new double[] {0.97, 1.03}) {
        for (double noise : new double[] {0, 0.3, 1}) {
          List<LabelledVibration> other =
              all.stream().flatMap(one -> changed(one, speed, noise).stream()).toList();
          List<Diagnosis> said = ask(model, other);
          System.out.printf(
              Locale.ROOT,
              "speed %.2f, noise of %.1f deviations: fault %.3f, fault and size %.3f of %d"
                  + " pieces%n",
              speed,
              noise,
              share(said, other, false),
              share(said, other, true),
              other.size());
        }
      }
      unknownSizes(maintenance, all);
    }
  }

  private static void unknownSizes(Maintenance maintenance, List<LabelledVibration> all)
      throws InterruptedException {
    Set<String> sizes = new TreeSet<>();
    all.forEach(one -> sizes.add(one.severity()));
    sizes.remove("");
    int right = 0;
    int of = 0;
    double area = 0;
    for (String size : sizes) {
      List<LabelledVibration> known =
          all.stream().filter(one -> !one.severity().equals(size)).toList();
      List<LabelledVibration> rest =
          all.stream().filter(one -> one.severity().equals(size)).toList();
      List<LabelledVibration> machine = new ArrayList<>(rest);
      all.stream().filter(one -> one.severity().isEmpty()).forEach(machine::add);
      DiagnosisModel model = maintenance.diagnosis().train(known).await();
      List<Diagnosis> said = ask(model, machine);
      for (int i = 0; i < rest.size(); i++) {
        boolean hit = said.get(i).fault().equals(rest.get(i).fault());
        right += hit ? 1 : 0;
        of++;
        System.out.println(size + " left out, " + rest.get(i).fault() + ": " + said.get(i).fault());
      }
      List<LabelledVibration> pieces =
          machine.stream().flatMap(one -> changed(one, 1, 0).stream()).toList();
      area += area(ask(model, pieces), pieces) / sizes.size();
    }
    System.out.printf(
        Locale.ROOT,
        "a size left out: fault %d of %d, macro AUROC of pieces %.3f%n",
        right,
        of,
        area);
  }

  private static List<Diagnosis> ask(DiagnosisModel model, List<LabelledVibration> all) {
    try (Predictor<VibrationSet, Diagnoses> predictor = model.open()) {
      VibrationSet machine =
          new VibrationSet(all.stream().map(LabelledVibration::vibration).toList());
      return predictor.predict(machine).orElseThrow().value().all();
    }
  }

  private static double share(List<Diagnosis> said, List<LabelledVibration> truth, boolean sizes) {
    double right = 0;
    for (int i = 0; i < said.size(); i++) {
      boolean hit = said.get(i).fault().equals(truth.get(i).fault());
      right += hit && (!sizes || said.get(i).severity().equals(truth.get(i).severity())) ? 1 : 0;
    }
    return right / said.size();
  }

  /** The mean over faults of the area under the curve of its score against all others. */
  private static double area(List<Diagnosis> said, List<LabelledVibration> truth) {
    Set<String> faults = new TreeSet<>();
    truth.forEach(t -> faults.add(t.fault()));
    double mean = 0;
    for (String fault : faults) {
      double won = 0;
      double pairs = 0;
      for (int i = 0; i < said.size(); i++) {
        for (int k = 0; k < said.size(); k++) {
          if (truth.get(i).fault().equals(fault) && !truth.get(k).fault().equals(fault)) {
            double a = said.get(i).scores().getOrDefault(fault, 0.0);
            double b = said.get(k).scores().getOrDefault(fault, 0.0);
            won += a > b ? 1 : a == b ? 0.5 : 0;
            pairs++;
          }
        }
      }
      mean += won / pairs / faults.size();
    }
    return mean;
  }

  /** Pieces of a recording at another speed, with noise in deviations of its own. */
  private static List<LabelledVibration> changed(
      LabelledVibration one, double speed, double noise) {
    Vibration v = one.vibration();
    double[] x = v.samples();
    double deviation = Math.sqrt(Arrays.stream(x).map(s -> s * s).average().orElse(0));
    Random random = new Random(5);
    double[] y = new double[(int) ((x.length - 3) / speed)];
    for (int i = 0; i < y.length; i++) {
      double t = 1 + i * speed;
      int k = (int) t;
      double u = t - k;
      double slope = (x[k + 1] - x[k - 1]) / 2;
      double next = (x[Math.min(x.length - 1, k + 2)] - x[k]) / 2;
      double step = x[k + 1] - x[k];
      y[i] =
          x[k]
              + u * (slope + u * (3 * step - 2 * slope - next + u * (slope + next - 2 * step)))
              + noise * deviation * random.nextGaussian();
    }
    List<LabelledVibration> pieces = new ArrayList<>();
    int length = y.length / PARTS;
    for (int p = 0; p < PARTS; p++) {
      double[] piece = Arrays.copyOfRange(y, p * length, (p + 1) * length);
      pieces.add(
          new LabelledVibration(
              Vibration.of(v.name() + " " + p, piece, v.sampling(), v.shaft() * speed),
              one.fault(),
              one.severity()));
    }
    return pieces;
  }

  private static List<LabelledVibration> read(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("index.csv"));
    List<String> head = List.of(lines.get(0).split(",", -1));
    List<LabelledVibration> all = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String file = cells[head.indexOf("file")];
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(file)))) {
        String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        double[] samples =
            Arrays.stream(text.strip().split("\\s+", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Vibration vibration =
            Vibration.of(
                file,
                samples,
                Double.parseDouble(cells[head.indexOf("sampling_hz")]),
                Double.parseDouble(cells[head.indexOf("shaft_rpm")]) / 60);
        String size = cells[head.indexOf("fault_diameter_inch")];
        String fault = cells[head.indexOf("fault")];
        all.add(new LabelledVibration(vibration, fault, fault.equals("normal") ? "" : size));
      }
    }
    return all;
  }
}
