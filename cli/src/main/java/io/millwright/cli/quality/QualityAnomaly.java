package io.millwright.cli.quality;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.AnomalyReport;
import io.millwright.quality.Anomaly;
import io.millwright.quality.AnomalyModel;
import io.millwright.quality.AnomalyTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns what good parts look like. */
@Command(
    name = "anomaly",
    sortOptions = false,
    description =
        "Learns what good parts look like from images of good parts alone, and scores others.",
    footer = {
      "",
      "Examples:",
      "  millwright quality anomaly good/ --out good.mwb",
      "  millwright quality anomaly --model good.mwb --test today/ --html today.html",
      "  millwright quality anomaly good/ --backbone backbone.onnx --size 256x256 --test test/"
          + " --good free"
    })
final class QualityAnomaly extends DeskCommand {

  /** How many images a page shows. */
  private static final int SHOWN = 24;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Holds images or folders of images, all of them of good parts, to learn from.")
  @Nullable Path folder;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A saved model to score --test with, instead of learning one.")
  @Nullable Path saved;

  @Option(
      names = "--test",
      paramLabel = "FOLDER",
      description = "Holds images, or a folder of images for each class, to be scored.")
  @Nullable Path test;

  @Option(
      names = "--good",
      paramLabel = "CLASS",
      description = "The class without defect in --test. Default: ${DEFAULT-VALUE}.",
      defaultValue = "good")
  String good = "good";

  @Option(
      names = "--group",
      paramLabel = "REGEX",
      description =
          "What names an image's group: the first group of this expression in the file's name."
              + " Default: every image stands for itself.")
  @Nullable String group;

  @Option(
      names = "--false-alarms",
      paramLabel = "RATE",
      description = "How many good parts may raise an alarm. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.05")
  double falseAlarms;

  @Option(
      names = "--backbone",
      paramLabel = "FILE",
      description = "Features of a frozen image network (ONNX) instead of the own filter bank.")
  @Nullable Path backbone;

  @Mixin BackboneOptions options = new BackboneOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "anomaly.mwb")
  Path out = Path.of("anomaly.mwb");

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with the strangest images of --test and where they are strange.")
  @Nullable Path html;

  QualityAnomaly(Desk desk, HostOptions host) {
    super(desk, host);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    if (saved != null) {
      if (folder != null || test == null) {
        throw misused("give a folder of good parts to learn from, or --model and --test");
      }
      Reply reply = new Reply(name()).put("model", saved);
      try (Predictor<Image, Anomaly> predictor = millwright.open(Quality.ANOMALY, saved)) {
        score(test, predictor, reply);
      }
      return reply;
    }
    if (folder == null) {
      throw misused("give a folder of good parts to learn from, or --model and --test");
    }
    List<LabelledImage> images = grouped(quality.images(folder));
    AnomalyTrainer trainer = quality.anomaly().falseAlarms(falseAlarms);
    if (backbone != null) {
      trainer = trainer.backbone(options.backbone(backbone));
      Path cache = options.cacheFolder();
      if (cache != null) {
        trainer = trainer.cache(cache, options.cacheBytes());
      }
    }
    AnomalyModel model = await(trainer.train(images));
    model.saveTo(out);
    Reply reply = new Reply(name()).line("Data", images.size() + " images of good parts");
    HeldOut.lines(reply, model.evaluation());
    reply.line("Saved", out.toString()).put("file", out).put("images", images.size());
    if (test != null) {
      try (Predictor<Image, Anomaly> predictor = model.open()) {
        score(test, predictor, reply);
      }
    }
    return reply.put("heldOut", HeldOut.document(model.evaluation()));
  }

  private List<LabelledImage> grouped(List<LabelledImage> images) {
    if (group == null) {
      return images;
    }
    java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(group);
    List<LabelledImage> all = new ArrayList<>();
    for (LabelledImage image : images) {
      java.util.regex.Matcher matcher = pattern.matcher(image.image().name());
      String own = matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : "";
      all.add(new LabelledImage(image.image(), image.label(), own == null ? "" : own));
    }
    return all;
  }

  /** The images of a folder; those that cannot be read are named, and the command has failed. */
  private List<LabelledImage> readable(Path from, Reply reply) {
    List<LabelledImage> images = new ArrayList<>();
    List<Map<String, String>> unread = new ArrayList<>();
    for (Path file : ImagePlaces.files(List.of(from))) {
      try {
        Path inner = file.toAbsolutePath().getParent();
        images.add(
            new LabelledImage(
                Image.read(file), inner == null ? "" : String.valueOf(inner.getFileName()), ""));
      } catch (MillwrightException e) {
        String why = String.valueOf(e.getMessage());
        reply.line(file + ": " + why).failed();
        unread.add(Map.of("image", file.toString(), "error", why));
      }
    }
    reply.put("unread", unread);
    return images;
  }

  private void score(Path from, Predictor<Image, Anomaly> predictor, Reply reply) {
    List<LabelledImage> images = readable(from, reply);
    boolean[] defective = new boolean[images.size()];
    double[] scores = new double[images.size()];
    Map<String, int[]> alarms = new TreeMap<>();
    List<AnomalyReport.Look> looks = new ArrayList<>();
    List<Map<String, Object>> scored = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      LabelledImage image = images.get(i);
      Outcome.Prediction<Anomaly> answer = predictor.predict(image.image()).orElseThrow();
      Anomaly anomaly = answer.value();
      boolean unlike = answer.flags().contains(Flag.OUTSIDE_TRAINING_RANGE);
      defective[i] = !image.label().equals(good);
      scores[i] = anomaly.score();
      int[] counts = alarms.computeIfAbsent(image.label(), l -> new int[2]);
      counts[0]++;
      counts[1] += anomaly.alarm() ? 1 : 0;
      String words =
          words(image.image(), anomaly)
              + (unlike ? "; unlike the images of training in light or ratio of sides" : "");
      if (anomaly.alarm() || unlike) {
        reply.line(words);
      }
      looks.add(new AnomalyReport.Look(image.image(), words, anomaly));
      scored.add(
          Map.of(
              "image", image.image().name(),
              "class", image.label(),
              "score", anomaly.score(),
              "threshold", anomaly.threshold(),
              "alarm", anomaly.alarm(),
              "unlike", unlike));
    }
    reply.put("scored", scored);
    Map<String, Object> shares = new TreeMap<>();
    alarms.forEach(
        (label, counts) -> {
          reply.line("Alarms", label + ": " + counts[1] + " of " + counts[0]);
          shares.put(label, (double) counts[1] / counts[0]);
        });
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("images", Integer.toString(looks.size()));
    if (alarms.size() > 1 && alarms.containsKey(good)) {
      double auroc = ClassMetrics.rocAuc(defective, scores);
      figures.put("AUROC", Figure.of(auroc));
      reply
          .line("AUROC", Figure.of(auroc) + " of " + scores.length + " images")
          .put("auroc", auroc);
    }
    reply.put("alarms", shares);
    if (html != null) {
      looks.sort(Comparator.comparingDouble(l -> -l.anomaly().score()));
      alarms.forEach(
          (label, counts) -> figures.put("alarms, " + label, counts[1] + " of " + counts[0]));
      new AnomalyReport(
              from + " beside good parts", figures, looks.subList(0, Math.min(SHOWN, looks.size())))
          .writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
  }

  private static String words(Image image, Anomaly anomaly) {
    return image.name()
        + (anomaly.alarm() ? ": alarm" : ": no alarm")
        + ", score "
        + Figure.of(anomaly.score(), 4)
        + ", threshold "
        + Figure.of(anomaly.threshold(), 4);
  }
}
