package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelExchange;
import io.millwright.api.Outcome;
import io.millwright.api.Trained;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.OpaqueModel;
import io.millwright.api.learn.Split;
import io.millwright.core.engines.ScriptFile;
import io.millwright.core.engines.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExchangeTest {

  private static final OpaqueModel.Quantity WEAR =
      new OpaqueModel.Quantity(Unit.of("mm"), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  @TempDir Path folder;
  private Millwright millwright;
  private ModelExchange exchange;

  @BeforeEach
  void open() {
    millwright = Millwright.create();
    exchange = millwright.plugin(ModelExchange.class);
  }

  @AfterEach
  void close() {
    millwright.close();
  }

  private Path trained() {
    Trained<Table, Double> trained =
        Bench.alone()
            .learn(
                Bench.recipe(Bench.learning(), Split.folds(2)),
                Bench.sequences(24, 1),
                Optional.empty(),
                Bench.StopAfter.never());
    Path bundle = folder.resolve("wear.mwb");
    trained.saveTo(bundle);
    return bundle;
  }

  @Test
  void anExportGoesThroughDjlAndComesBackAsTheSameBundle() throws Exception {
    Path bundle = trained();
    Path saved = folder.resolve("saved");
    exchange.exportSavedModel(bundle, saved);
    assertThat(saved.resolve("saved_model.pb")).isRegularFile();
    Path back = folder.resolve("back.mwb");
    exchange.importSavedModel(saved, back);
    assertThat(back).hasSameBinaryContentAs(bundle);

    float[] x = {0.3f, -1.2f, 0f, 2f};
    float[] ours;
    try (var pass =
        ((io.millwright.runtime.network.OpaqueNetworks) Started.flow())
            .openFile(saved, new io.millwright.runtime.network.Shape(0, 2), 1, "cpu")) {
      ours = pass.run(x, 2);
    }
    try (Model model = Model.newInstance("saved", "TensorFlow")) {
      model.load(saved);
      try (Predictor<NDList, NDList> djl = model.newPredictor(new NoopTranslator());
          NDManager manager = NDManager.newBaseManager("TensorFlow")) {
        NDList answer = djl.predict(new NDList(manager.create(x, new Shape(2, 2))));
        assertThat(answer.get(0).toFloatArray())
            .usingComparatorWithPrecision(1e-5f)
            .containsExactly(ours);
      }
    }
  }

  @Test
  void whatCannotBeExportedOrImportedIsSaid() throws Exception {
    Path bundle = trained();
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("file"), "x");
    fails(() -> exchange.exportSavedModel(bundle, full), ErrorCode.IO_FAILED);
    fails(() -> exchange.importSavedModel(full, folder.resolve("b.mwb")), ErrorCode.BAD_FILE);
    Path saved = folder.resolve("saved");
    exchange.exportSavedModel(bundle, saved);
    // The bundle of another model beside the graph: the golden samples tell.
    Trained<Table, Double> other =
        Bench.alone()
            .learn(
                Bench.recipe(Bench.learning().key(8), Split.folds(2)),
                Bench.sequences(24, 1),
                Optional.empty(),
                Bench.StopAfter.never());
    other.saveTo(saved.resolve("assets.extra").resolve("model.mwb"));
    fails(() -> exchange.proveSavedModel(saved), ErrorCode.WRONG_ANSWERS);
    try (Millwright java =
        Millwright.builder().engines(EnginePolicy.automatic().withEngine("Java")).build()) {
      ModelExchange without = java.plugin(ModelExchange.class);
      fails(() -> without.exportSavedModel(bundle, folder.resolve("c")), ErrorCode.NO_ENGINE);
    }
  }

  @Test
  void aSavedModelOfOthersAnswersWithADeclaredSchema() {
    Path saved = folder.resolve("saved");
    exchange.exportSavedModel(trained(), saved);
    OpaqueModel model =
        OpaqueModel.builder()
            .format(OpaqueModel.Format.SAVED_MODEL)
            .file(saved)
            .inputs(Bench.SCHEMA)
            .answer(WEAR)
            .build();
    try (var predictor = exchange.open(Bench.wear(), model)) {
      Outcome<Double> answer = predictor.predict(Bench.row(0.3, -1.2));
      assertThat(answer.orElseThrow().value()).isFinite();
      assertThat(answer.orElseThrow().uncertainty().at(0.9)).isInstanceOf(Uncertainty.None.class);
      assertThat(predictor.predict(Bench.row(Double.NaN, 1)))
          .isInstanceOf(Outcome.Abstention.class);
      assertThat(predictor.info().digest()).hasSize(64);
    }
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(saved)
                    .inputs(Bench.SCHEMA)
                    .window(3)
                    .answer(WEAR)
                    .build()),
        ErrorCode.WRONG_SHAPE);
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(saved)
                    .inputs(Bench.SCHEMA)
                    .answer(new OpaqueModel.Classes(List.of("a", "b"), OpaqueModel.Scores.LOGITS))
                    .build()),
        ErrorCode.WRONG_SHAPE);
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(folder)
                    .inputs(Bench.SCHEMA)
                    .answer(WEAR)
                    .build()),
        ErrorCode.BAD_FILE);
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(folder.resolve("no"))
                    .inputs(Bench.SCHEMA)
                    .answer(WEAR)
                    .build()),
        ErrorCode.IO_FAILED);
  }

  @Test
  void aTorchScriptFileAnswersWithADeclaredSchema() throws Exception {
    Path file = folder.resolve("line.pt");
    ScriptFile.write(file, "return torch.add(torch.matmul(x, torch.tensor([[0.5], [-2.0]])), 3.0)");
    OpaqueModel model =
        OpaqueModel.builder()
            .format(OpaqueModel.Format.TORCH_SCRIPT)
            .file(file)
            .inputs(Bench.SCHEMA)
            .answer(WEAR)
            .build();
    try (var predictor = exchange.open(model)) {
      assertThat((Double) predictor.predict(Bench.row(4, 1)).orElseThrow().value())
          .isCloseTo(3.0, within(1e-6));
      assertThat((Double) predictor.predict(Bench.row(10, 0)).orElseThrow().value())
          .isCloseTo(8.0, within(1e-6));
    }
    Path weighed = folder.resolve("weights.pt");
    ScriptFile.write(weighed, "return torch.add(torch.matmul(x, self.w), 3.0)", 2, 1, 0.5f, -2);
    try (var predictor =
        exchange.open(
            OpaqueModel.builder()
                .format(model.format())
                .file(weighed)
                .inputs(Bench.SCHEMA)
                .answer(WEAR)
                .build())) {
      assertThat((Double) predictor.predict(Bench.row(4, 1)).orElseThrow().value())
          .isCloseTo(3.0, within(1e-6));
    }
    Path moody = folder.resolve("moody.pt");
    ScriptFile.write(
        moody,
        "return torch.reshape(torch.select(x, -1, int(torch.max(torch.reshape(x, [-1])))), [-1,"
            + " 1])");
    try (var predictor =
        exchange.open(
            OpaqueModel.builder()
                .format(model.format())
                .file(moody)
                .inputs(Bench.SCHEMA)
                .answer(WEAR)
                .build())) {
      assertThatThrownBy(() -> predictor.predict(Bench.row(4, 1)))
          .as("a program that fails once it is asked")
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE));
    }
    Path scores = folder.resolve("scores.pt");
    ScriptFile.write(scores, "return torch.softmax(torch.select(x, 1, -1), 1)");
    OpaqueModel classes =
        OpaqueModel.builder()
            .format(OpaqueModel.Format.TORCH_SCRIPT)
            .file(scores)
            .inputs(Bench.SCHEMA)
            .window(3)
            .answer(
                new OpaqueModel.Classes(List.of("good", "bad"), OpaqueModel.Scores.PROBABILITIES))
            .build();
    try (var predictor = exchange.open(classes)) {
      ClassScores answer =
          (ClassScores)
              predictor
                  .predict(Table.ofNumbers(Bench.SCHEMA, new double[][] {{9, 9}, {5, 5}, {1, 0}}))
                  .orElseThrow()
                  .value();
      assertThat(answer.of("good")).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
    }
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(file)
                    .inputs(Bench.SCHEMA)
                    .answer(classes.answer())
                    .build()),
        ErrorCode.WRONG_SHAPE);
    Path broken = Files.writeString(folder.resolve("broken.pt"), "not a network");
    fails(
        () ->
            exchange.open(
                OpaqueModel.builder()
                    .format(model.format())
                    .file(broken)
                    .inputs(Bench.SCHEMA)
                    .answer(WEAR)
                    .build()),
        ErrorCode.BAD_FILE);
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(call)
        .withMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
