package io.millwright.cli.quality;

import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Image;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.InspectionReport;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import io.millwright.samples.plant.Surfaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is to be seen on images. */
@Command(
    name = "predict",
    sortOptions = false,
    description =
        "Says what is to be seen on each image, with its probability, the labels that hold the"
            + " truth with 95 %%, and what to do with the part. Without an image: of a simulated"
            + " camera.",
    footer = {
      "",
      "Examples:",
      "  millwright quality inspect predict --model surfaces.mwb new/",
      "  millwright quality inspect predict --model surfaces.mwb new/ --labels --html report.html",
      "  millwright quality inspect predict --model surfaces.mwb new/ --labels truth.csv --json",
      "  millwright quality inspect predict --model surfaces.mwb new/ --labels --good good \\",
      "      --costs 50:1:0.5"
    })
final class InspectPredict extends DeskCommand {

  private static final double LEVEL = 0.95;
  private static final int SIMULATED = 20;
  private static final int CELLS = 10;

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE|FOLDER",
      description = "Images, and folders that are searched for images.")
  List<Path> places = new ArrayList<>();

  @Option(
      names = "--labels",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "CSV",
      description =
          "Print the accuracy, with --costs what decisions cost: true labels are the names of the"
              + " folders that the images lie in, or stand in a file with the columns file and"
              + " class.")
  @Nullable String labels;

  @Mixin CostOptions costOptions = new CostOptions();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with the confusion matrix and heat maps.")
  @Nullable Path html;

  @Option(
      names = "--heat",
      paramLabel = "N",
      description =
          "How many heat maps, wrong and doubtful answers first. Default: ${DEFAULT-VALUE}.",
      defaultValue = "12")
  int heat;

  InspectPredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  /** One image with what is known of it; without an outcome when its file cannot be read. */
  private record Seen(
      Image image, @Nullable String truth, @Nullable Outcome<Verdict> outcome, String broken) {}

  @Override
  public Reply answer(Millwright millwright) {
    if (labels == null && !costOptions.costs.isEmpty()) {
      throw misused("--costs needs --labels");
    }
    if (labels != null && !labels.isEmpty() && Files.isDirectory(Path.of(labels))) {
      places.add(0, Path.of(labels)); // an option without a value, and then a folder
      labels = "";
    }
    Quality quality = millwright.plugin(Quality.class);
    try (Predictor<Image, Verdict> predictor = millwright.open(Quality.INSPECTION, model)) {
      List<Seen> seen = look(millwright, predictor);
      Reply reply = new Reply(name());
      List<Map<String, @Nullable Object>> documents = new ArrayList<>();
      for (Seen s : seen) {
        reply.line(s.image().name() + ": " + text(s));
        documents.add(document(s));
      }
      reply.put("model", model).put("predictions", documents);
      Map<String, String> figures = judge(seen, reply);
      paid(quality, seen, figures, reply);
      if (html != null) {
        page(quality, predictor, seen, figures).writeTo(html);
        reply.line("Page", html.toString()).put("page", html);
      }
      return seen.stream().anyMatch(s -> s.outcome() == null) ? reply.failed() : reply;
    }
  }

  private List<Seen> look(Millwright millwright, Predictor<Image, Verdict> predictor) {
    List<Image> images = new ArrayList<>();
    List<@Nullable String> truths = new ArrayList<>();
    List<Seen> broken = new ArrayList<>();
    if (places.isEmpty()) {
      Surfaces.of(1)
          .images(SIMULATED)
          .forEach(
              i -> {
                images.add(i.image());
                truths.add(i.label());
              });
    }
    TrueClasses known =
        labels == null || labels.isEmpty() ? null : TrueClasses.read(millwright, Path.of(labels));
    for (Path file : ImagePlaces.files(places)) {
      try {
        images.add(Image.read(file));
        Path inner = file.toAbsolutePath().getParent();
        String parent = inner == null ? "" : String.valueOf(inner.getFileName());
        truths.add(labels == null ? null : known == null ? parent : known.of(file));
      } catch (MillwrightException e) {
        byte[] none = new byte[1];
        Image stand = Image.of8(file.toString(), 1, 1, Image.Format.GREY8, none);
        broken.add(new Seen(stand, null, null, String.valueOf(e.getMessage())));
      }
    }
    List<Outcome<Verdict>> outcomes = predictor.predictAll(images);
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      seen.add(new Seen(images.get(i), truths.get(i), outcomes.get(i), ""));
    }
    seen.addAll(broken);
    return seen;
  }

  /** What the decisions on images of known class cost. */
  private void paid(Quality quality, List<Seen> seen, Map<String, String> figures, Reply reply) {
    Optional<InspectionCosts> costs =
        costOptions.costs(this, places.isEmpty() ? Surfaces.GOOD : null);
    if (costs.isEmpty()) {
      return;
    }
    List<Verdict> verdicts = new ArrayList<>();
    List<String> truths = new ArrayList<>();
    for (Seen s : seen) {
      if (s.truth() != null && s.outcome() instanceof Outcome.Prediction<Verdict> p) {
        verdicts.add(p.value());
        truths.add(s.truth());
      }
    }
    if (verdicts.isEmpty()) {
      reply.line("Cost", "no image of known class was answered");
      return;
    }
    PaidCosts paid = quality.paid(costs.get(), verdicts, truths, LEVEL);
    String words =
        String.format(
            Locale.ROOT,
            "%.4g a part (95 %% interval %.4g to %.4g), expected %.4g",
            paid.realised().value(),
            paid.realised().low(),
            paid.realised().high(),
            paid.expected());
    figures.put("cost", words);
    reply
        .line("Cost", words)
        .put(
            "cost",
            Map.of(
                "realised", paid.realised().value(),
                "low", paid.realised().low(),
                "high", paid.realised().high(),
                "expected", paid.expected()));
  }

  private static Map<String, String> judge(List<Seen> seen, Reply reply) {
    int judged = 0;
    int right = 0;
    int covered = 0;
    int size = 0;
    int reviewed = 0;
    for (Seen s : seen) {
      if (s.outcome() instanceof Outcome.Prediction<Verdict> p) {
        reviewed += p.value().decision() == Verdict.Decision.REVIEW ? 1 : 0;
      }
      if (s.truth() == null) {
        continue;
      }
      judged++;
      if (s.outcome() instanceof Outcome.Prediction<Verdict> p) {
        right += p.value().label().equals(s.truth()) ? 1 : 0;
        if (p.uncertainty().at(LEVEL) instanceof Uncertainty.LabelSet set) {
          covered += set.labels().contains(s.truth()) ? 1 : 0;
          size += set.labels().size();
        }
      }
    }
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("images", Integer.toString(seen.size()));
    if (judged > 0) {
      double accuracy = (double) right / judged;
      figures.put("accuracy", percent(accuracy));
      figures.put("of true labels within the 95 % label sets", percent((double) covered / judged));
      figures.put(
          "labels in a set, mean", String.format(Locale.ROOT, "%.2f", (double) size / judged));
      reply
          .line(
              "Accuracy",
              String.format(
                  Locale.ROOT,
                  "%s, %d of %d; 95 %% label sets cover %s with %.2f labels",
                  percent(accuracy),
                  right,
                  judged,
                  percent((double) covered / judged),
                  (double) size / judged))
          .put("accuracy", accuracy)
          .put("judged", judged)
          .put("coverage95", (double) covered / judged)
          .put("setSize95", (double) size / judged);
    }
    if (reviewed > 0) {
      figures.put("for a person to look at", Integer.toString(reviewed));
    }
    return figures;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private InspectionReport page(
      Quality quality,
      Predictor<Image, Verdict> predictor,
      List<Seen> seen,
      Map<String, String> figures) {
    List<String> truths = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    List<Seen> order = new ArrayList<>();
    for (Seen s : seen) {
      if (s.outcome() instanceof Outcome.Prediction<Verdict> p) {
        order.add(s);
        if (s.truth() != null) {
          truths.add(s.truth());
          answers.add(p.value().label());
        }
      }
    }
    order.sort(java.util.Comparator.comparingDouble(InspectPredict::doubt));
    List<InspectionReport.Look> looks = new ArrayList<>();
    for (Seen s : spread(order)) {
      looks.add(
          new InspectionReport.Look(
              s.image(),
              Path.of(s.image().name()).getFileName() + ": " + text(s),
              quality.heatMap(predictor, s.image(), Optional.empty(), CELLS)));
    }
    return new InspectionReport(
        "Inspection", "By the model " + model + ".", figures, truths, answers, looks);
  }

  /** The doubtful half of the pictures first, then some of every kind of answer. */
  private List<Seen> spread(List<Seen> order) {
    List<Seen> chosen = new ArrayList<>(order.subList(0, Math.min(heat / 2, order.size())));
    Map<String, Integer> taken = new HashMap<>();
    int classes = (int) order.stream().map(InspectPredict::label).distinct().count();
    int each = Math.max(1, (heat - chosen.size()) / Math.max(1, classes));
    for (Seen s : order) {
      if (chosen.size() < heat
          && !chosen.contains(s)
          && taken.merge(label(s), 1, Integer::sum) <= each) {
        chosen.add(s);
      }
    }
    return chosen;
  }

  private static String label(Seen s) {
    return s.outcome() instanceof Outcome.Prediction<Verdict> p ? p.value().label() : "";
  }

  /** Small for answers that are wrong or unsure. */
  private static double doubt(Seen s) {
    if (!(s.outcome() instanceof Outcome.Prediction<Verdict> p)) {
      return 2;
    }
    boolean wrong = s.truth() != null && !s.truth().equals(p.value().label());
    return (wrong ? -1 : 0) + p.value().probability();
  }

  private static String text(Seen s) {
    if (s.outcome() == null) {
      return s.broken().lines().findFirst().orElse("");
    }
    return s.outcome()
        .fold(
            p ->
                String.format(
                        Locale.ROOT, "%s %.1f %%", p.value().label(), 100 * p.value().probability())
                    + (p.value().decision() == Verdict.Decision.NONE
                        ? ""
                        : "  " + p.value().decision())
                    + (p.uncertainty().at(LEVEL) instanceof Uncertainty.LabelSet set
                            && set.labels().size() != 1
                        ? "  or one of " + set.labels()
                        : "")
                    + (p.flags().contains(Flag.OUTSIDE_TRAINING_RANGE)
                        ? "  unlike the training images in brightness or contrast"
                        : "")
                    + (s.truth() != null && !s.truth().equals(p.value().label())
                        ? "  WRONG: " + s.truth()
                        : ""),
            a ->
                "no answer: "
                    + a.findings().stream()
                        .map(Finding::toString)
                        .collect(Collectors.joining("; ")));
  }

  private static Map<String, @Nullable Object> document(Seen s) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("file", s.image().name());
    if (s.truth() != null) {
      document.put("truth", s.truth());
    }
    if (s.outcome() instanceof Outcome.Prediction<Verdict> p) {
      document.put("label", p.value().label());
      document.put("probabilities", p.value().probabilities());
      document.put("decision", p.value().decision());
      if (p.uncertainty().at(LEVEL) instanceof Uncertainty.LabelSet set) {
        document.put("labels95", set.labels());
      }
      document.put("flags", p.flags());
    } else if (s.outcome() instanceof Outcome.Abstention<Verdict> a) {
      document.put("abstains", a.code());
      document.put("why", a.findings().stream().map(Finding::toString).toList());
    } else {
      document.put("unreadable", s.broken());
    }
    return document;
  }
}
