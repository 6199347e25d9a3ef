package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.DiagnosisPage;
import io.millwright.maintenance.BearingGeometry;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.DiagnosisModel;
import io.millwright.maintenance.GearMesh;
import io.millwright.maintenance.GearTrain;
import io.millwright.maintenance.LabelledVibration;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Vibration;
import io.millwright.maintenance.VibrationSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names faults by vibration. */
@Command(
    name = "diagnose",
    sortOptions = false,
    description = {
      "Names faults by vibration.",
      "By a model, with all recordings of one machine in one call, from the geometry of a bearing",
      "or from the teeth of gears alone. A recording is a text with one sample a line,",
      "with decimal points or commas.",
      "An index.csv beside the recordings tells file, sampling_hz, shaft_rpm or shaft_hz, fault;",
      "its column speeds names a file with seconds and rpm where the speed changes."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance diagnose --geometry 8,0.235,1.245,0 --html faults.html *.txt.gz",
      "  millwright maintenance diagnose --gears 23/69,31/62 --sampling 20000 --rpm 1480 box.txt",
      "  millwright maintenance diagnose --gears 23/69 --speeds pulses.csv --sampling 20000 up.txt",
      "  millwright maintenance diagnose --learn --save motor.mwb known/*.txt.gz",
      "  millwright maintenance diagnose motor.mwb machine-7/*.txt.gz --json"
    })
final class DiagnoseCommand extends DeskCommand {

  private static final long LARGEST = 400_000_000;
  private static final int HARMONICS = 20;

  @Parameters(arity = "1..*", paramLabel = "[MODEL] FILE", description = "Model, recordings.")
  List<Path> files = List.of();

  @Option(
      names = "--geometry",
      paramLabel = "N,D,P,A",
      split = ",",
      description = "Rolling elements, their diameter, pitch diameter, contact angle in degrees.")
  List<Double> geometry = List.of();

  @Option(
      names = "--gears",
      paramLabel = "Z/Z",
      split = ",",
      description = "Teeth of driver and driven gear, of each mesh from the input on: 23/69,31/62.")
  List<String> gears = List.of();

  @Option(
      names = "--shaft",
      paramLabel = "N",
      defaultValue = "1",
      description = "The shaft whose speed is given, 1 being the input.")
  int shaft = 1;

  @Option(names = "--learn", description = "Learn from the recordings; faults stand in the index.")
  boolean learn;

  @Option(names = "--save", paramLabel = "FILE", description = "Save what was learnt.")
  @Nullable Path save;

  @Option(names = "--index", paramLabel = "CSV", description = "Default: index.csv beside them.")
  @Nullable Path index;

  @Option(names = "--sampling", paramLabel = "HZ", description = "Samples a second.")
  @Nullable Double sampling;

  @Option(names = "--rpm", paramLabel = "N", description = "Turns of the shaft a minute.")
  @Nullable Double rpm;

  @Option(
      names = "--speeds",
      paramLabel = "CSV",
      description = "The speed over time: seconds and rpm or hz, or seconds of pulses, one a turn.")
  @Nullable Path speeds;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with marked spectra.")
  @Nullable Path html;

  DiagnoseCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  /** What an index says of one file. */
  private record Entry(
      double sampling, double shaft, String fault, String severity, String speeds) {}

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Maintenance maintenance = millwright.plugin(Maintenance.class);
    boolean byGears = !gears.isEmpty();
    boolean byGeometry = !geometry.isEmpty();
    if (byGears && (byGeometry || learn)) {
      throw misused("give one of --gears, --geometry and --learn");
    }
    if (byGeometry && (geometry.size() != 4 || learn)) {
      throw misused("--geometry takes four numbers such as 8,0.235,1.245,0, and no --learn");
    }
    if (learn && save == null) {
      throw misused("--learn needs --save");
    }
    boolean byModel = !byGeometry && !byGears && !learn;
    List<Path> recordings = byModel ? files.subList(1, files.size()) : files;
    if (recordings.isEmpty()) {
      throw misused("give the model and at least one recording, or --geometry, --gears or --learn");
    }
    List<GearMesh> meshes = gears.stream().map(this::mesh).toList();
    Map<Path, Map<String, Entry>> indexes = new HashMap<>();
    List<LabelledVibration> all = new ArrayList<>();
    for (Path file : recordings) {
      all.add(read(millwright, file, indexes));
    }
    Reply reply = new Reply(name());
    if (learn) {
      DiagnosisModel model = await(maintenance.diagnosis().train(all));
      Path to = java.util.Objects.requireNonNull(save);
      model.saveTo(to);
      reply.line("Faults", String.join(", ", model.faults()));
      reply.line("Held out", model.evaluation().figures() + ", " + model.evaluation().protocol());
      reply.line("Saved", to.toString());
      return reply
          .put("faults", model.faults())
          .put("heldOut", model.evaluation().figures())
          .put("saved", to);
    }
    List<Diagnosis> diagnoses = new ArrayList<>();
    Function<Diagnosis, Map<Double, String>> marks = d -> Map.of();
    if (byGeometry) {
      double elements = geometry.get(0);
      BearingGeometry bearing =
          new BearingGeometry(
              elements == Math.rint(elements) ? (int) elements : -1,
              geometry.get(1),
              geometry.get(2),
              geometry.get(3));
      for (LabelledVibration one : all) {
        diagnoses.add(maintenance.diagnose(one.vibration(), bearing));
      }
      marks = d -> marks(bearing, d);
    } else if (byGears) {
      GearTrain train = new GearTrain(meshes, shaft);
      for (LabelledVibration one : all) {
        diagnoses.add(maintenance.diagnose(one.vibration(), train));
      }
      marks = d -> marks(train);
    } else {
      try (Predictor<VibrationSet, io.millwright.maintenance.Diagnoses> predictor =
          millwright.open(Maintenance.DIAGNOSIS, files.get(0))) {
        VibrationSet set =
            new VibrationSet(all.stream().map(LabelledVibration::vibration).toList());
        predictor.predict(set).fold(p -> diagnoses.addAll(p.value().all()), a -> false);
      }
    }
    int known = 0;
    int right = 0;
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < diagnoses.size(); i++) {
      Diagnosis d = diagnoses.get(i);
      String truth = all.get(i).fault();
      boolean counted = !truth.equals("unknown");
      boolean hit = counted && same(d.fault(), truth);
      known += counted ? 1 : 0;
      right += hit ? 1 : 0;
      reply.line(
          d.name()
              + ": "
              + (d.fault().isEmpty() ? "no fault named" : d.fault())
              + (d.severity().isEmpty() ? "" : " " + d.severity())
              + (counted && !hit ? " (index: " + truth + ")" : "")
              + "; "
              + d.evidence());
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", recordings.get(i));
      document.put("fault", d.fault());
      document.put("severity", d.severity());
      document.put("scores", d.scores());
      document.put("evidence", d.evidence());
      documents.add(document);
    }
    reply.put("diagnoses", documents);
    if (known > 0) {
      reply.line("As in the index", right + " of " + known).put("right", right).put("of", known);
    }
    if (html != null) {
      DiagnosisPage.write(html, diagnoses, marks);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private GearMesh mesh(String text) {
    String[] teeth = text.strip().split("/", -1);
    try {
      if (teeth.length == 2) {
        return new GearMesh(Integer.parseInt(teeth[0].strip()), Integer.parseInt(teeth[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw misused("\"" + text + "\" is no pair of numbers of teeth such as 23/69");
    }
    throw misused("\"" + text + "\" is no pair of numbers of teeth such as 23/69");
  }

  /** The named part of a bearing and its harmonics. */
  private static Map<Double, String> marks(BearingGeometry bearing, Diagnosis d) {
    Map<Double, String> marks = new LinkedHashMap<>();
    Double order = bearing.orders().get(d.fault());
    for (int h = 1; order != null && h <= HARMONICS; h++) {
      marks.put(h * order, h + "x " + d.fault());
    }
    return marks;
  }

  /** Each mesh and its harmonics. */
  private static Map<Double, String> marks(GearTrain train) {
    Map<Double, String> marks = new LinkedHashMap<>();
    for (int m = 1; m <= train.meshes().size(); m++) {
      for (int h = 1; h <= 3; h++) {
        marks.put(h * train.mesh(m), h + "x mesh " + m);
      }
    }
    return marks;
  }

  /** Faults by name: an outer race by any words that begin so. */
  private static boolean same(String fault, String truth) {
    String a = fault.replace('_', ' ').toLowerCase(Locale.ROOT);
    String b = truth.replace('_', ' ').toLowerCase(Locale.ROOT);
    return !a.isEmpty()
        && (a.startsWith(b) || b.startsWith(a) || (a.contains("element") && b.startsWith("ball")));
  }

  private LabelledVibration read(
      Millwright millwright, Path file, Map<Path, Map<String, Entry>> indexes) {
    Path beside = index != null ? index : file.toAbsolutePath().resolveSibling("index.csv");
    Map<String, Entry> entries =
        indexes.computeIfAbsent(beside, p -> Files.exists(p) ? entries(millwright, p) : Map.of());
    Entry entry = entries.get(String.valueOf(file.getFileName()));
    double rate = sampling != null ? sampling : entry == null ? Double.NaN : entry.sampling();
    double turns = rpm != null ? rpm / 60 : entry == null ? Double.NaN : entry.shaft();
    Path course =
        speeds != null
            ? speeds
            : rpm == null && entry != null && !entry.speeds().isBlank()
                ? beside.resolveSibling(entry.speeds())
                : null;
    if (Double.isNaN(rate) || Double.isNaN(turns) && course == null) {
      throw new MillwrightException(
          ErrorCode.MISSING_VALUE,
          "the sampling rate and the speed of "
              + file
              + " are not known\nMaybe give --sampling and --rpm or --speeds, or an index.csv with"
              + " file, sampling_hz and shaft_rpm");
    }
    String fault = entry == null || entry.fault().isBlank() ? "unknown" : entry.fault();
    if (learn && fault.equals("unknown")) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL, file + " has no fault in " + beside + "\nMaybe add a column fault");
    }
    String name = String.valueOf(file.getFileName());
    Vibration vibration =
        course == null
            ? Vibration.of(name, samples(file), rate, turns)
            : Vibration.of(name, samples(file), rate, SpeedFile.read(millwright, course));
    return new LabelledVibration(vibration, fault, entry == null ? "" : entry.severity());
  }

  private static Map<String, Entry> entries(Millwright millwright, Path file) {
    List<String> names =
        millwright.tables().read(file, CsvFormat.guessed()).table().schema().names();
    String[] texts =
        List.of("file", "fault", "speeds").stream().filter(names::contains).toArray(String[]::new);
    Table table =
        millwright
            .tables()
            .read(
                file,
                CsvFormat.builder().columns(io.millwright.api.data.ColumnType.TEXT, texts).build())
            .table();
    Map<String, Entry> entries = new HashMap<>();
    boolean minutes = table.schema().indexOf("shaft_rpm") >= 0;
    boolean faults = table.schema().indexOf("fault") >= 0;
    boolean sizes = table.schema().indexOf("fault_diameter_inch") >= 0;
    double[] rate = table.numbers("sampling_hz");
    boolean hertz = table.schema().indexOf("shaft_hz") >= 0;
    boolean courses = table.schema().indexOf("speeds") >= 0;
    double[] speed = new double[table.rows()];
    java.util.Arrays.fill(speed, Double.NaN);
    if (minutes || hertz) {
      speed = table.numbers(minutes ? "shaft_rpm" : "shaft_hz");
    }
    List<@Nullable String> files = table.labels("file");
    for (int r = 0; r < table.rows(); r++) {
      String fault = faults ? table.labels("fault").get(r) : null;
      String course = courses ? table.labels("speeds").get(r) : null;
      double size = sizes ? table.numbers("fault_diameter_inch")[r] : Double.NaN;
      entries.put(
          String.valueOf(files.get(r)),
          new Entry(
              rate[r],
              minutes ? speed[r] / 60 : speed[r],
              fault == null ? "" : fault,
              Double.isNaN(size) ? "" : size + " inch",
              course == null ? "" : course));
    }
    return entries;
  }

  private static double[] samples(Path file) {
    String text;
    try {
      byte[] head = new byte[2];
      try (InputStream in = Files.newInputStream(file)) {
        if (in.readNBytes(head, 0, 2) == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
          try (InputStream zip = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] bytes = zip.readNBytes((int) LARGEST);
            text = new String(bytes, StandardCharsets.US_ASCII);
          }
        } else {
          text = Files.readString(file, StandardCharsets.US_ASCII);
        }
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, file + " cannot be read: " + e + "\nMaybe it is not a text", e);
    }
    String[] lines = text.strip().split("\\s+", -1);
    double[] samples = new double[lines.length];
    boolean point = text.indexOf('.') >= 0;
    for (int i = 0; i < lines.length; i++) {
      try {
        samples[i] = Double.parseDouble(point ? lines[i] : lines[i].replace(',', '.'));
      } catch (NumberFormatException e) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            "sample "
                + (i + 1)
                + " of "
                + file
                + " is \""
                + lines[i].substring(0, Math.min(30, lines[i].length()))
                + "\"\nMaybe it is no text with one sample a line",
            e);
      }
    }
    return samples;
  }
}
