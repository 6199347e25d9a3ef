package io.millwright.core.learn;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelExchange;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.OpaqueModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A process that opens changed TorchScript files and SavedModels and asks each, one after the
 * other, and says a line for each: it is meant to be started by another one, which sees when it
 * dies. Arguments: the format, the sound file, a folder for the changed ones, the first change and
 * the one after the last.
 */
final class MutatedNetworks {

  private static final OpaqueModel.Quantity WEAR =
      new OpaqueModel.Quantity(Unit.of("mm"), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private MutatedNetworks() {}

  /** Changes, opens and asks. */
  public static void main(String[] args) throws IOException {
    OpaqueModel.Format format = OpaqueModel.Format.valueOf(args[0]);
    Path sound = Path.of(args[1]);
    Path folder = Path.of(args[2]);
    try (Millwright millwright = Millwright.create()) {
      ModelExchange exchange = millwright.plugin(ModelExchange.class);
      for (int i = Integer.parseInt(args[3]); i < Integer.parseInt(args[4]); i++) {
        Path changed = folder.resolve("changed-" + i);
        // Keys that follow each other give java.util.Random alike first numbers.
        Random random = new Random(new SplittableRandom(i).nextLong());
        boolean script = format == OpaqueModel.Format.TORCH_SCRIPT;
        if (script) {
          script(sound, changed, random);
        } else {
          saved(sound, changed, random);
        }
        System.out.println(i + " " + asked(exchange, format, changed));
        delete(changed);
      }
    }
  }

  private static String asked(ModelExchange exchange, OpaqueModel.Format format, Path file) {
    OpaqueModel model =
        OpaqueModel.builder().format(format).file(file).inputs(Bench.SCHEMA).answer(WEAR).build();
    try (Predictor<Table, Object> predictor = exchange.open(model)) {
      Outcome<Object> answer = predictor.predict(Bench.row(4, 1));
      return answer instanceof Outcome.Prediction<Object> ? "ANSWERED" : "ABSTAINED";
    } catch (MillwrightException e) {
      return e.code().id();
    }
  }

  /** Half of the changes in the file as it is, half in an entry whose sum is then right again. */
  private static void script(Path sound, Path changed, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(sound);
    if (random.nextBoolean()) {
      Files.write(changed, mutated(bytes, random));
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = random.nextInt(3); // the pickle, the source or the weights
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      int number = 0;
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        content = number++ == at ? mutated(content, random) : content;
        ZipEntry entry = new ZipEntry(e.getName());
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    Files.write(changed, out.toByteArray());
  }

  /** Three of four changes in the graph, the others in the files of its variables. */
  private static void saved(Path sound, Path changed, Random random) throws IOException {
    Files.createDirectories(changed);
    boolean graph = random.nextInt(4) > 0;
    try (var all = Files.walk(sound)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Path to = changed.resolve(sound.relativize(file).toString());
        Files.createDirectories(to.getParent());
        byte[] bytes = Files.readAllBytes(file);
        boolean hit = graph == file.endsWith("saved_model.pb") && !file.endsWith("model.mwb");
        Files.write(to, hit ? mutated(bytes, random) : bytes);
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    if (random.nextInt(10) == 0) {
      return java.util.Arrays.copyOf(copy, random.nextInt(copy.length));
    }
    for (int k = random.nextInt(4); k >= 0 && copy.length > 0; k--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  private static void delete(Path changed) throws IOException {
    try (var all = Files.walk(changed)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
