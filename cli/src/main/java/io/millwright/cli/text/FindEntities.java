package io.millwright.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.text.Entities;
import io.millwright.api.text.Span;
import io.millwright.api.text.TextLearning;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns entities of texts, or asks a model for them. */
@Command(
    name = "find-entities",
    sortOptions = false,
    description = {
      "Learns to find entities in texts (sequence labelling), judges that on texts that it did not"
          + " see, and keeps the model. With --model it asks a kept model instead.",
      "The file is a JSON list of texts: {\"tokens\": [..], \"entities\": [{\"start\": 1, \"end\":"
          + " 3, \"type\": \"part\"}]} by tokens, or {\"text\": \"..\", \"entities\": ..} by"
          + " characters."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model find-entities orders.json --level 1 --draws 5 --test 108",
      "  millwright model find-entities --model entities.mwb \"replace seal of slew pump\""
    })
final class FindEntities extends DeskCommand {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(arity = "1..*", paramLabel = "FILE|TEXT", description = "The texts.")
  List<String> given = List.of();

  @Option(
      names = "--level",
      paramLabel = "N",
      description = "Keep so many parts of types such as State/Failed only. Default: all.")
  @Nullable Integer level;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "So many texts, drawn at random, only judge.")
  int test;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "How often the texts of --test are drawn. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  int draws;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  @Option(names = "--model", paramLabel = "FILE", description = "Ask this model.")
  @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "entities.mwb")
  Path out = Path.of("entities.mwb");

  FindEntities(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (model != null) {
      return ask(millwright, model);
    }
    List<Sample<String, List<Span>>> all = read(Path.of(given.get(0)));
    Reply reply = new Reply(name());
    if (test >= all.size() || test < 0 || draws < 1) {
      throw misused("--test must be less than the " + all.size() + " texts, and --draws positive");
    }
    reply.line("Data", Texts.count(all.size(), "text") + ", " + test + " of them to judge by");
    List<Double> f1 = new ArrayList<>();
    for (int d = 0; d < (test > 0 ? draws : 1); d++) {
      List<Sample<String, List<Span>>> drawn = new ArrayList<>(all);
      if (test > 0) {
        Collections.shuffle(drawn, new Random(key + d));
      }
      Trained<String, Entities> trained =
          await(
              millwright
                  .texts()
                  .entities()
                  .key(key)
                  .train(new Samples<>(drawn.subList(test, drawn.size()))));
      if (d == 0) {
        HeldOut.lines(reply, trained.evaluation());
        reply.put("heldOut", HeldOut.document(trained.evaluation()));
        trained.saveTo(out);
      }
      if (test > 0) {
        double[] counts = judge(trained, drawn.subList(0, test));
        double own = 2 * counts[0] / Math.max(1, counts[1] + counts[2]);
        f1.add(own);
        reply.line(
            "Test",
            String.format(
                Locale.ROOT,
                "f1 %.4f  precision %.4f  recall %.4f",
                own,
                counts[0] / Math.max(1, counts[1]),
                counts[0] / Math.max(1, counts[2])));
      }
    }
    if (f1.size() > 1) {
      double mean = f1.stream().mapToDouble(v -> v).average().orElse(0);
      reply.line("Test", String.format(Locale.ROOT, "mean f1 %.4f over %d draws", mean, f1.size()));
    }
    return reply.put("f1", f1).line("Saved", out.toString()).put("file", out);
  }

  /** Hits, found and there. */
  private static double[] judge(
      Trained<String, Entities> trained, List<Sample<String, List<Span>>> truth) {
    double[] counts = new double[3];
    try (Predictor<String, Entities> predictor = trained.open()) {
      for (Sample<String, List<Span>> sample : truth) {
        List<Span> known = sample.labels().get(0);
        counts[2] += known == null ? 0 : known.size();
        Outcome<Entities> outcome = predictor.predict(sample.input());
        for (Entities.Entity e :
            outcome.<List<Entities.Entity>>fold(p -> p.value().all(), a -> List.of())) {
          counts[1]++;
          counts[0] += known != null && known.contains(e.span()) ? 1 : 0;
        }
      }
    }
    return counts;
  }

  private List<Sample<String, List<Span>>> read(Path file) {
    JsonNode document;
    try {
      document = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file + " cannot be read: " + e.getMessage() + "\nMaybe it is no JSON",
          e);
    }
    if (document == null || !document.isArray()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, file + " holds no list\nMaybe put [ and ] around the texts");
    }
    List<Sample<String, List<Span>>> all = new ArrayList<>();
    for (JsonNode one : document) {
      all.add(sample(one, file, all.size()));
    }
    return all;
  }

  private Sample<String, List<Span>> sample(JsonNode one, Path file, int at) {
    StringBuilder text = new StringBuilder();
    List<int[]> tokens = new ArrayList<>();
    for (JsonNode token : one.path("tokens")) {
      text.append(text.isEmpty() ? "" : " ");
      int start = text.length();
      text.append(token.asText());
      tokens.add(new int[] {start, text.length()});
    }
    boolean byToken = !tokens.isEmpty();
    String whole = byToken ? text.toString() : one.path("text").asText();
    List<Span> spans = new ArrayList<>();
    for (JsonNode entity : one.path("entities")) {
      int start = entity.path("start").asInt(-1);
      int end = entity.path("end").asInt(-1);
      if (start < 0 || end <= start || end > (byToken ? tokens.size() : whole.length())) {
        throw new MillwrightException(
            ErrorCode.BAD_LABEL,
            file
                + ", text "
                + (at + 1)
                + " has an entity from "
                + start
                + " to "
                + end
                + "\nMaybe ends are counted behind the last "
                + (byToken ? "token" : "character"));
      }
      spans.add(
          new Span(
              byToken ? tokens.get(start)[0] : start,
              byToken ? tokens.get(end - 1)[1] : end,
              type(entity.path("type").asText())));
    }
    return Sample.of("text " + at, whole, spans);
  }

  private String type(String whole) {
    if (level == null) {
      return whole;
    }
    String[] parts = whole.split("/", -1);
    return String.join("/", List.of(parts).subList(0, Math.min(level, parts.length)));
  }

  private Reply ask(Millwright millwright, Path file) {
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    try (Predictor<String, Entities> predictor = millwright.open(TextLearning.ENTITIES, file)) {
      for (String text : given) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("text", text);
        reply.line(text);
        Outcome<Entities> outcome = predictor.predict(text);
        List<Entities.Entity> found = outcome.fold(p -> p.value().all(), a -> List.of());
        for (Entities.Entity e : found) {
          reply.line(
              String.format(
                  Locale.ROOT, "  %-24s %.2f  %s", e.span().type(), e.probability(), e.text()));
        }
        answer.put("entities", found);
        answers.add(answer);
      }
    }
    return reply.put("answers", answers);
  }
}
