package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelExchange;
import io.millwright.api.Predictor;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Table;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.OpaqueModel;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.foreign.ForeignFiles;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.GraphWriter;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OpaqueNetworks;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.predict.GoldenCheck;
import io.millwright.runtime.predict.OpaquePredictor;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Moves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The exchange of one host, on the engines that its policy allows. */
final class DefaultModelExchange implements ModelExchange {

  private static final Path TRAVELLER = Path.of("assets.extra", "model.mwb");
  private static final String TENSOR_FLOW = "TensorFlow";

  private final EngineChooser chooser;
  private final BooleanSupplier closed;

  DefaultModelExchange(EngineChooser chooser, BooleanSupplier closed) {
    this.chooser = chooser;
    this.closed = closed;
  }

  private EngineChooser.Choice engine(String name) {
    checkOpen();
    return chooser.named(name);
  }

  private void checkOpen() {
    if (closed.getAsBoolean()) {
      throw new MillwrightException(
          ErrorCode.CLOSED,
          "this Millwright is closed\nMaybe keep it open for as long as the program runs");
    }
  }

  @Override
  public ForeignFile describe(Path file) {
    checkOpen();
    return ForeignFiles.describe(file);
  }

  @Override
  public ForeignNetwork open(Path file, ForeignOptions options) {
    checkOpen();
    return ForeignFiles.open(file, options, chooser.nativeCache());
  }

  private interface Opening<P> {
    P open(ForwardPass pass, String digest, Instant made);
  }

  private <P> P open(OpaqueModel model, Opening<P> opening) {
    EngineChooser.Choice choice =
        engine(
            switch (model.format()) {
              case TORCH_SCRIPT -> "PyTorch";
              case SAVED_MODEL -> TENSOR_FLOW;
              case ONNX -> "Onnx";
            });
    List<String> forbidden =
        ForeignFiles.forbidden(
            model.file(),
            switch (model.format()) {
              case TORCH_SCRIPT -> ForeignFile.Format.TORCH_SCRIPT;
              case SAVED_MODEL -> ForeignFile.Format.SAVED_MODEL;
              case ONNX -> ForeignFile.Format.ONNX;
            });
    if (!forbidden.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          model.file()
              + " calls "
              + forbidden
              + ", which reach files, other processes or a network"
              + "\nMaybe export it without them");
    }
    String digest;
    Instant made;
    try {
      digest = digest(model.file());
      made = Files.getLastModifiedTime(model.file()).toInstant();
    } catch (IOException | UncheckedIOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          model.file() + " cannot be read: " + e + "\nMaybe check the path",
          e);
    }
    ForwardPass pass =
        chooser
            .gate()
            .pass(
                () ->
                    opaque(choice)
                        .openFile(
                            model.file(),
                            OpaquePredictor.input(model),
                            OpaquePredictor.outputs(model),
                            choice.device()));
    try {
      return opening.open(pass, digest, made);
    } catch (RuntimeException | Error e) {
      pass.close();
      throw e;
    }
  }

  private static OpaqueNetworks opaque(EngineChooser.Choice choice) {
    return choice
        .engine()
        .filter(OpaqueNetworks.class::isInstance)
        .map(OpaqueNetworks.class::cast)
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.UNSUPPORTED,
                    choice.name() + " opens no files of others\nMaybe export the model anew"));
  }

  /** Over the names and contents of all files, in the order of their names. */
  private static String digest(Path file) throws IOException {
    Digest sha = new Digest();
    List<Path> all;
    try (Stream<Path> walked = Files.walk(file)) {
      all = walked.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path one : all) {
      String name = file.relativize(one).toString().replace('\\', '/');
      sha.add(name + "\0" + Files.size(one) + "\0").add(one);
    }
    return sha.hex();
  }

  @Override
  public <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, OpaqueModel model) {
    return open(
        model, (pass, digest, made) -> OpaquePredictor.of(binding, model, pass, digest, made));
  }

  @Override
  public Predictor<Table, Object> open(OpaqueModel model) {
    return open(model, (pass, digest, made) -> OpaquePredictor.untyped(model, pass, digest, made));
  }

  @Override
  public void exportSavedModel(Path bundle, Path folder) {
    EngineChooser.Choice choice = engine(TENSOR_FLOW);
    Model model = BundleReader.read(bundle);
    try (Stream<Path> there = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      if (Files.isRegularFile(folder) || there.findAny().isPresent()) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            folder + " is there and not empty\nMaybe name a folder that does not exist");
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    GraphWriter writer = (GraphWriter) choice.engine().orElseThrow();
    chooser
        .gate()
        .run(
            () ->
                writer.write(
                    Bundles.plans(model), model.members(), model.shares(), reading(model), folder));
    prove(model, folder, choice);
    try {
      Path traveller = folder.resolve(TRAVELLER);
      Files.createDirectories(traveller.getParent());
      Files.copy(bundle, traveller);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  @Override
  public void importSavedModel(Path folder, Path bundle) {
    checkOpen();
    Path traveller = traveller(folder);
    BundleReader.verify(traveller);
    Path beside = bundle.resolveSibling(bundle.getFileName() + ".part");
    try {
      Files.copy(traveller, beside, StandardCopyOption.REPLACE_EXISTING);
      Moves.replace(beside, bundle);
    } catch (IOException e) {
      throw unwritable(bundle, e);
    }
  }

  @Override
  public void proveSavedModel(Path folder) {
    EngineChooser.Choice choice = engine(TENSOR_FLOW);
    prove(BundleReader.read(traveller(folder)), folder, choice);
  }

  private static Path traveller(Path folder) {
    Path traveller = folder.resolve(TRAVELLER);
    if (!Files.isRegularFile(traveller)) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          folder
              + " holds no "
              + TRAVELLER
              + ": a graph alone says nothing of columns, units and calibration"
              + "\nMaybe open it as an OpaqueModel with a declared schema");
    }
    return traveller;
  }

  private static GraphWriter.Reading reading(Model model) {
    Views views = model.preparation().views();
    PlainData data = model.head().data();
    return switch (model.head().kind()) {
      case "quantity" ->
          new GraphWriter.Reading(false, data.number("offset"), data.number("scale"), views);
      case "classes" -> new GraphWriter.Reading(true, 0, 1, views);
      default ->
          throw new MillwrightException(
              ErrorCode.UNSUPPORTED,
              "a graph gives numbers or classes, but the model answers with "
                  + model.head().kind()
                  + "\nMaybe export a model of a quantity or of classes");
    };
  }

  /** The graph must give what the bundle's golden samples record, in the unit of the answer. */
  private void prove(Model model, Path folder, EngineChooser.Choice choice) {
    NetworkPlan plan = Bundles.plan(model);
    GraphWriter.Reading reading = reading(model);
    try (ForwardPass pass =
        chooser
            .gate()
            .pass(
                () ->
                    opaque(choice)
                        .openFile(folder, plan.input(), plan.outputs(), choice.device()))) {
      GoldenCheck.checkAnswers(
          model, "the SavedModel", pass, y -> reading.offset() + reading.scale() * y);
    }
  }

  private static MillwrightException unwritable(Path path, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        path + " cannot be written: " + e + "\nMaybe check the rights and the space there",
        e);
  }
}
