package io.millwright.core.learn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.head.LabelScores;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.text.Entities;
import io.millwright.api.text.Span;
import io.millwright.api.text.TextLearning;
import io.millwright.api.text.TextPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning from generated work orders. */
class TextLearningTest {

  private static final String[] PARTS = {"pump", "hose", "engine", "泵", "bearing"};
  private static final String[] FAULTS = {"leaking", "won't start", "cracked", "漏油"};
  private static final String[] CLASS = {"leak", "start", "crack", "leak"};

  @TempDir Path folder;
  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static List<String> texts(int count, List<String> classes) {
    Random random = new Random(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int f = random.nextInt(FAULTS.length);
      texts.add(
          (random.nextBoolean() ? "please check " : "")
              + PARTS[random.nextInt(PARTS.length)]
              + " "
              + random.nextInt(20)
              + " "
              + FAULTS[f]);
      classes.add(CLASS[f]);
    }
    return texts;
  }

  private static Samples<String, String> samples(int count) {
    List<String> classes = new ArrayList<>();
    List<String> texts = texts(count, classes);
    List<Sample<String, String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Sample.of("row " + i, texts.get(i), classes.get(i)));
    }
    return new Samples<>(all);
  }

  private static Trained<String, ClassScores> classes() throws InterruptedException {
    return millwright.texts().classes().encoders(List.of()).train(samples(120)).await();
  }

  @Test
  void classesAreLearntKeptAndExplained() throws Exception {
    Trained<String, ClassScores> trained = classes();
    assertThat(trained.evaluation().figure("accuracy")).isGreaterThan(0.98);
    assertThat(trained.evaluation().baselines()).containsKey("shares of the training data");
    Path file = folder.resolve("texts.mwb");
    trained.saveTo(file);
    List<String> asked = List.of("PUMP 7 ＬＥＡＫＩＮＧ", "hose cracked", "泵 漏油", "engine 3 won't start");
    try (Predictor<String, ClassScores> fresh = trained.open();
        Predictor<String, ClassScores> read = millwright.open(TextLearning.CLASSES, file)) {
      assertThat(read.predictAll(asked)).isEqualTo(fresh.predictAll(asked));
      assertThat(read.predictAll(asked))
          .extracting(o -> o.orElseThrow().value().best())
          .containsExactly("leak", "crack", "leak", "start");
      assertThat(read.predict(asked.get(1))).isEqualTo(read.predictAll(asked).get(1));
      assertThat(read.info().capabilities()).contains(Capability.EXPLAIN, Capability.CALIBRATED);
      Explanation why = read.explain("please check hose cracked", ExplainRequest.standard());
      assertThat(why.contributions().get(0).value()).isEqualTo("cracked");
      assertThat(why.contributions().get(0).effect()).isPositive();
    }
    assertThat(millwright.info(file).digest()).isEqualTo(trained.info().digest());
  }

  @Test
  void theSameKeyGivesTheSameModel() throws InterruptedException {
    assertThat(classes().info().digest()).isEqualTo(classes().info().digest());
  }

  /** Labels that have nothing to do with the texts, each text five times with its label. */
  @Test
  void textsThatAreRememberedAreNotTakenForTextsThatAreRead() throws Exception {
    Random random = new Random(2);
    List<String> words = List.of("pump", "valve", "seal", "leak", "hot", "cold", "slow", "left");
    List<Sample<String, String>> samples = new ArrayList<>();
    for (int text = 0; text < 60; text++) {
      List<String> drawn = new ArrayList<>(words);
      java.util.Collections.shuffle(drawn, random);
      String wording = String.join(" ", drawn.subList(0, 4));
      String label = List.of("a", "b", "c").get(random.nextInt(3));
      for (int copy = 0; copy < 5; copy++) {
        samples.add(
            Sample.of(
                "s" + samples.size(),
                copy == 0 ? wording.toUpperCase(java.util.Locale.ROOT) : wording,
                label));
      }
    }
    io.millwright.api.Evaluation judged =
        millwright
            .texts()
            .classes()
            .encoders(List.of())
            .train(new Samples<>(samples))
            .await()
            .evaluation();
    assertThat(judged.figure("accuracy")).isLessThan(0.6);
    assertThat(judged.protocol()).contains("of 300 texts judged together with the same text");
  }

  /** One word of each text is drawn to be an entity; each text stands there five times. */
  @Test
  void entitiesThatAreRememberedAreNotTakenForThoseThatAreFound() throws Exception {
    Random random = new Random(3);
    List<Sample<String, List<Span>>> samples = new ArrayList<>();
    for (int text = 0; text < 40; text++) {
      List<String> words = new ArrayList<>();
      for (int w = 0; w < 6; w++) {
        words.add("word" + (char) ('a' + random.nextInt(20)));
      }
      int at = random.nextInt(6);
      int start = String.join(" ", words.subList(0, at)).length() + (at > 0 ? 1 : 0);
      Span span = new Span(start, start + words.get(at).length(), "part");
      for (int copy = 0; copy < 5; copy++) {
        samples.add(Sample.of("s" + samples.size(), String.join(" ", words), List.of(span)));
      }
    }
    io.millwright.api.Evaluation judged =
        millwright.texts().entities().train(new Samples<>(samples)).await().evaluation();
    assertThat(judged.figure("f1")).isLessThan(0.5);
    assertThat(judged.protocol()).contains("judged together with the same text");
  }

  /** Texts that are told apart without an error still leave some doubt. */
  @Test
  void nothingIsMoreCertainThanItsNumberOfTexts() throws Exception {
    List<Sample<String, String>> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String label = i % 2 == 0 ? "leak" : "noise";
      samples.add(
          Sample.of("s" + i, (i % 2 == 0 ? "hose leaks at " : "bearing sings in ") + i, label));
    }
    try (Predictor<String, ClassScores> model =
        millwright
            .texts()
            .classes()
            .encoders(List.of())
            .train(new Samples<>(samples))
            .await()
            .open()) {
      double best = model.predict("hose leaks at 99").orElseThrow().value().of("leak");
      assertThat(best).isBetween(0.9, 0.998);
    }
  }

  @Test
  void strangeTextsGetNoAnswerAndNothingThrows() throws InterruptedException {
    try (Predictor<String, ClassScores> model = classes().open()) {
      for (String strange : List.of("", "   ", "!!!", "\u0000\uD800", "ЖЖЖ ЩЩЩ")) {
        assertThat(model.predict(strange)).isInstanceOf(Outcome.Abstention.class);
      }
      assertThat(model.predict("leaking ".repeat(100_000)).orElseThrow().value().best())
          .isEqualTo("leak");
    }
  }

  @Test
  void withAPrecisionDoubtfulTextsGetNoAnswer() throws InterruptedException {
    Random random = new Random(9);
    List<Sample<String, String>> all = new ArrayList<>(samples(120).all());
    for (int i = 0; i < 60; i++) {
      all.add(Sample.of("odd " + i, "noise", random.nextBoolean() ? "leak" : "crack"));
    }
    Trained<String, ClassScores> trained =
        millwright
            .texts()
            .classes()
            .encoders(List.of())
            .precision(0.95)
            .train(new Samples<>(all))
            .await();
    assertThat(trained.evaluation().figure("precision of answers")).isGreaterThan(0.949);
    try (Predictor<String, ClassScores> model = trained.open()) {
      assertThat(model.predict("noise")).isInstanceOf(Outcome.Abstention.class);
      assertThat(model.predict("hose leaking")).isInstanceOf(Outcome.Prediction.class);
      assertThat(model.predict("hosiery for 1,000 zebras, quite unlike any order"))
          .isInstanceOfSatisfying(
              Outcome.Abstention.class, a -> assertThat(a.toString()).contains("little in common"));
    }
  }

  @Test
  void labelsMayHoldTogether() throws Exception {
    List<Sample<String, Map<String, Boolean>>> all = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<String> texts = texts(150, classes);
    for (int i = 0; i < texts.size(); i++) {
      all.add(
          Sample.of(
              "row " + i,
              texts.get(i),
              Map.of(
                  "pump", texts.get(i).contains("pump"), "leak", classes.get(i).equals("leak"))));
    }
    Trained<String, LabelScores> trained =
        millwright.texts().labels().encoders(List.of()).train(new Samples<>(all)).await();
    Path file = folder.resolve("labels.mwb");
    trained.saveTo(file);
    try (Predictor<String, LabelScores> model = millwright.open(TextLearning.LABELS, file)) {
      assertThat(model.predict("pump 3 leaking").orElseThrow().value().chosen())
          .containsExactlyInAnyOrder("pump", "leak");
      assertThat(model.predict("hose cracked").orElseThrow().value().chosen()).isEmpty();
    }
  }

  @Test
  void entitiesAreFoundWithTheirPlaces() throws Exception {
    Random random = new Random(2);
    List<Sample<String, List<Span>>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String part = PARTS[random.nextInt(PARTS.length)];
      String fault = FAULTS[random.nextInt(FAULTS.length)];
      String text = (random.nextBoolean() ? "please check " : "") + part + " " + fault;
      int at = text.indexOf(part);
      int then = text.length() - fault.length();
      all.add(
          Sample.of(
              "row " + i,
              text,
              List.of(
                  new Span(at, at + part.length(), "part"),
                  new Span(then, text.length(), "fault"))));
    }
    Trained<String, Entities> trained =
        millwright.texts().entities().train(new Samples<>(all)).await();
    assertThat(trained.evaluation().figure("f1")).isGreaterThan(0.98);
    Path file = folder.resolve("entities.mwb");
    trained.saveTo(file);
    try (Predictor<String, Entities> model = millwright.open(TextLearning.ENTITIES, file);
        Predictor<String, Entities> fresh = trained.open()) {
      Entities found = model.predict("check hose won't start").orElseThrow().value();
      assertThat(found).isEqualTo(fresh.predict("check hose won't start").orElseThrow().value());
      assertThat(found.all())
          .extracting(Entities.Entity::text)
          .containsExactly("hose", "won't start");
      assertThat(model.predict(" ")).isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void pairsDoNotDependOnTheirOrder() throws Exception {
    Random random = new Random(4);
    List<Sample<TextPair, String>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int a = random.nextInt(PARTS.length);
      int b = random.nextBoolean() ? a : random.nextInt(PARTS.length);
      all.add(
          Sample.of(
              "row " + i,
              new TextPair("replace " + PARTS[a], PARTS[b] + " replaced"),
              a == b ? "same" : "other"));
    }
    Trained<TextPair, ClassScores> trained =
        millwright.texts().pairs().encoders(List.of()).train(new Samples<>(all)).await();
    assertThat(trained.evaluation().figure("accuracy")).isGreaterThan(0.9);
    Path file = folder.resolve("pairs.mwb");
    trained.saveTo(file);
    try (Predictor<TextPair, ClassScores> model = millwright.open(TextLearning.PAIRS, file)) {
      TextPair pair = new TextPair("replace hose", "hose replaced");
      TextPair turned = new TextPair(/* one= */ pair.other(), /* other= */ pair.one());
      assertThat(model.predict(pair).orElseThrow().value())
          .isEqualTo(model.predict(turned).orElseThrow().value());
      assertThat(model.predict(pair).orElseThrow().value().best()).isEqualTo("same");
    }
  }

  /** Each question stands in five pairs of one class, which is drawn: memory alone could tell. */
  @Test
  void pairsThatShareATextAreJudgedTogether() throws Exception {
    Random random = new Random(8);
    List<Sample<TextPair, String>> all = new ArrayList<>();
    for (int question = 0; question < 40; question++) {
      String asked = drawn(random);
      String label = random.nextBoolean() ? "same" : "other";
      for (int copy = 0; copy < 5; copy++) {
        String other = drawn(random);
        boolean turned = copy % 2 == 0;
        TextPair pair = new TextPair(turned ? other : asked, turned ? asked : other);
        all.add(Sample.of("row " + all.size(), pair, label));
      }
    }
    io.millwright.api.Evaluation judged =
        millwright
            .texts()
            .pairs()
            .encoders(List.of())
            .train(new Samples<>(all))
            .await()
            .evaluation();
    assertThat(judged.figure("accuracy")).isLessThan(0.65);
    assertThat(judged.protocol()).contains("of 200 texts judged together with the same text");
  }

  private static String drawn(Random random) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < 3; word++) {
      for (int letter = 0; letter < 6; letter++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void badDataAreRefusedWithAWayOut() {
    TextLearning texts = millwright.texts();
    assertThatThrownBy(() -> texts.classes().train(new Samples<>(List.of())).await())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () ->
                texts
                    .classes()
                    .train(
                        new Samples<>(
                            List.of(
                                Sample.of("a", "x", "one"),
                                Sample.of("b", "y", "one"),
                                Sample.of("c", "z", "one"),
                                Sample.of("d", "w", "one"))))
                    .await())
        .hasMessageContaining("BAD_LABEL");
    assertThatThrownBy(
            () ->
                texts
                    .entities()
                    .train(
                        new Samples<>(
                            List.of(
                                Sample.of("a", "pump", List.of(new Span(0, 2, "part"))),
                                Sample.of("b", "x", List.of(new Span(5, 9, "part"))))))
                    .await())
        .hasMessageContaining("inside a word")
        .hasMessageContaining("holds no word");
    assertThatThrownBy(() -> texts.classes().precision(1.5))
        .isInstanceOf(MillwrightException.class)
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.BAD_OPTION);
  }

  @Test
  void cancelledTrainingsEnd() {
    Job<Trained<String, ClassScores>> job =
        millwright.texts().classes().encoders(List.of()).train(samples(4000));
    job.cancel();
    assertThatThrownBy(job::await)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("JOB_CANCELLED");
  }

  @Test
  void damagedBundlesAreRefusedOrAnswerAsBefore() throws Exception {
    Path file = folder.resolve("texts.mwb");
    classes().saveTo(file);
    ClassScores before = answer(file);
    int refused = 0;
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      byte[] bad = bytes.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      Path other = folder.resolve("bad.mwb");
      Files.write(other, bad);
      try {
        // A byte that no reader looks at, such as a time stamp of the archive, changes no answer.
        assertThat(answer(other)).isEqualTo(before);
      } catch (MillwrightException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(30);
    Files.write(file, "no bundle".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> millwright.open(TextLearning.CLASSES, file).close())
        .isInstanceOf(MillwrightException.class);
  }

  private static ClassScores answer(Path file) {
    try (Predictor<String, ClassScores> model = millwright.open(TextLearning.CLASSES, file)) {
      return model.predict("pump 7 leaking").orElseThrow().value();
    }
  }
}
